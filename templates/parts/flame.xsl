<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Flame graphs: a page of its own, which needs no file beside it, and the icicle of other pages. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="/page[@kind = 'flame']" priority="1">
    <html lang="en">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="robots" content="noindex"/>
        <meta name="referrer" content="no-referrer"/>
        <meta http-equiv="Content-Security-Policy" content="{@policy}"/>
        <title><xsl:value-of select="flame/@title"/> - leakledger</title>
        <ll-slot name="style"/>
      </head>
      <body class="flame">
        <main id="main">
          <h1><xsl:value-of select="flame/@title"/></h1>
          <p class="muted"><xsl:value-of select="flame/@of"/></p>
          <div class="scroll" tabindex="0" role="region" aria-label="Flame graph"><ll-slot name="picture"/></div>
          <xsl:apply-templates select="places" mode="flame"/>
          <xsl:apply-templates select="functions"/>
          <xsl:apply-templates select="vanished"/>
          <xsl:apply-templates select="sources"/>
        </main>
        <footer>
          <p>Callers above, what they call below; a box is as wide as its share. With a script: click or Enter zooms,
            arrows move, / searches, n and N go through what was found, 0 shows the whole. All times are UTC. Sizes are
            binary: 1 KiB is 1,024 bytes. Made by leakledger <xsl:value-of select="@version"/>.<xsl:call-template name="redaction"/></p>
        </footer>
        <ll-slot name="script"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="icicle">
    <section aria-labelledby="icicle">
      <h3 id="icicle"><xsl:value-of select="@title"/></h3>
      <p class="muted"><xsl:value-of select="@note"/>.
        Callers above, what they call below; a box is as wide as its share.</p>
      <xsl:choose>
        <xsl:when test="@has_room = 'yes'">
          <div class="scroll" tabindex="0" role="region" aria-label="Flame graph"><ll-slot name="picture"/></div>
        </xsl:when>
        <xsl:otherwise><p class="muted">The picture is left out, because the page would become too large;
          <code>leakledger flame</code> draws it.</p></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="vanished">
        <p class="muted">Gone since:
          <xsl:for-each select="vanished"><xsl:if test="position() &gt; 1">, </xsl:if><code><xsl:value-of select="@name"/></code> (<xsl:value-of select="@older"/>)</xsl:for-each><xsl:if test="@hidden">
          and <xsl:value-of select="@hidden"/> more</xsl:if>.</p>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template match="places" mode="flame">
    <xsl:if test="place">
      <section aria-labelledby="lines">
        <h2 id="lines">By line</h2>
        <p class="muted">The line of your own code that is nearest, with the libraries below it. Sampling alone explains a
          change as large as its error; objects that live in both captures make it smaller.</p>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col" class="right">Older</th>
              <th scope="col" class="right">Newer</th>
              <th scope="col" class="right">Change</th>
              <th scope="col" class="right">Error</th>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="place">
              <tr>
                <th scope="row"><code class="place"><xsl:value-of select="@name"/></code><span class="place"><xsl:value-of select="@file"/><xsl:if test="@line != '0'">:<xsl:value-of select="@line"/></xsl:if><xsl:if test="@state != ''"> [<xsl:value-of select="@state"/>]</xsl:if></span></th>
                <td data-label="Older" class="right"><xsl:value-of select="@older"/></td>
                <td data-label="Newer" class="right"><xsl:value-of select="@value"/></td>
                <td data-label="Change" class="right"><xsl:value-of select="@change"/></td>
                <td data-label="Error" class="right"><xsl:if test="@error">&#xB1; <xsl:value-of select="@error"/></xsl:if></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
        <xsl:if test="@hidden"><p class="muted"><xsl:value-of select="@hidden"/> more, not listed.</p></xsl:if>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="functions">
    <xsl:if test="function">
      <section aria-labelledby="functions">
        <h2 id="functions">By function</h2>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Function</th>
              <th scope="col">Whose</th>
              <xsl:if test="@is_difference = 'yes'"><th scope="col" class="right">Older, with callees</th></xsl:if>
              <th scope="col" class="right">With callees</th>
              <xsl:if test="@is_difference = 'yes'"><th scope="col" class="right">Change</th></xsl:if>
              <th scope="col" class="right">Share</th>
              <th scope="col" class="right">Itself</th>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="function">
              <tr>
                <th scope="row"><code><xsl:value-of select="@name"/></code></th>
                <td data-label="Whose"><xsl:value-of select="@owner"/></td>
                <xsl:if test="../@is_difference = 'yes'"><td data-label="Older, with callees" class="right"><xsl:value-of select="@older"/></td></xsl:if>
                <td data-label="With callees" class="right"><xsl:value-of select="@value"/></td>
                <xsl:if test="../@is_difference = 'yes'"><td data-label="Change" class="right"><xsl:value-of select="@change"/></td></xsl:if>
                <td data-label="Share" class="right"><xsl:value-of select="@share"/></td>
                <td data-label="Itself" class="right"><xsl:value-of select="@self"/></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
        <xsl:if test="@hidden"><p class="muted"><xsl:value-of select="@hidden"/> more, not listed.</p></xsl:if>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="vanished">
    <xsl:if test="function">
      <section aria-labelledby="vanished">
        <h2 id="vanished">Gone since</h2>
        <p class="muted">They have no width in the picture, because it shows the newer side.</p>
        <ul>
          <xsl:for-each select="function">
            <li><code><xsl:value-of select="@name"/></code>, <xsl:value-of select="@older"/> before</li>
          </xsl:for-each>
        </ul>
        <xsl:if test="@hidden"><p class="muted"><xsl:value-of select="@hidden"/> more, not listed.</p></xsl:if>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="sources">
    <section aria-labelledby="sources">
      <h2 id="sources">Captures</h2>
      <ul>
        <xsl:for-each select="source">
          <li><xsl:value-of select="@side"/><code><xsl:value-of select="@name"/></code><xsl:if test="@whose">, <xsl:value-of select="@whose"/></xsl:if><xsl:if test="@time">, <time datetime="{@time}"><xsl:value-of select="@time-text"/></time></xsl:if><xsl:if test="@remark">; <xsl:value-of select="@remark"/></xsl:if></li>
        </xsl:for-each>
      </ul>
      <xsl:if test="@hidden"><p class="muted"><xsl:value-of select="@hidden"/> more, not listed.</p></xsl:if>
    </section>
  </xsl:template>
</xsl:stylesheet>
