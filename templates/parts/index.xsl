<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- The fleet: can I trust it, what changed, what hurts first, which line, what to do. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="page[@kind = 'index']" mode="title">
    <xsl:value-of select="head/@title"/>
  </xsl:template>

  <xsl:template match="page[@kind = 'index']" mode="body">
    <h1><xsl:value-of select="head/@title"/></h1>
    <xsl:if test="head/@lead"><p class="lead"><xsl:value-of select="head/@lead"/></p></xsl:if>
    <div class="pair">
      <xsl:apply-templates select="trust"/>
      <xsl:apply-templates select="changes"/>
    </div>
    <xsl:apply-templates select="findings" mode="index"/>
    <xsl:apply-templates select="suppressed"/>
    <xsl:apply-templates select="services"/>
  </xsl:template>

  <xsl:template match="trust">
    <section aria-labelledby="trust">
      <h2 id="trust">Can this be trusted?</h2>
      <p>
        <xsl:value-of select="../counts/@captures-text"/> captures from
        <xsl:value-of select="../counts/@files-text"/> files,
        <xsl:value-of select="../counts/@services-text"/> services,
        <xsl:value-of select="../counts/@instances-text"/> instances<xsl:if test="../head/@since">,
        <time datetime="{../head/@since}"><xsl:value-of select="../head/@since-text"/></time> to
        <time datetime="{../head/@until}"><xsl:value-of select="../head/@until-text"/></time></xsl:if>.
      </p>
      <xsl:choose>
        <xsl:when test="doubt[@is_good = 'no']">
          <ul class="doubts">
            <xsl:for-each select="doubt[@is_good = 'no']">
              <li><strong><xsl:value-of select="@number-text"/></strong><xsl:text> </xsl:text><xsl:value-of select="@text"/></li>
            </xsl:for-each>
          </ul>
          <p><a href="captures.html">Which, and why</a></p>
        </xsl:when>
        <xsl:otherwise>
          <p class="good"><span aria-hidden="true">&#x2713;</span> Everything could be read; nothing was left out, and no instance fell silent.</p>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:if test="../head/@unjudged &gt; 0">
        <p><strong><xsl:value-of select="../head/@unjudged-text"/></strong> services have not enough captures to be judged; the table below says what is missing.</p>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template match="changes">
    <section aria-labelledby="changes">
      <h2 id="changes">What changed</h2>
      <xsl:choose>
        <xsl:when test="change">
          <p>Findings as the last judgment left them:</p>
          <ul class="chips">
            <xsl:for-each select="change">
              <li><strong><xsl:value-of select="@findings-text"/></strong><xsl:text> </xsl:text><xsl:call-template name="state"/></li>
            </xsl:for-each>
          </ul>
        </xsl:when>
        <xsl:otherwise><p>There are no findings, and there were none before.</p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template match="findings" mode="index">
    <xsl:if test="finding">
      <section aria-labelledby="findings">
        <h2 id="findings">What hurts first</h2>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Where</th>
              <th scope="col">Grows by</th>
              <th scope="col">Limit reached in</th>
              <th scope="col">Course</th>
              <th scope="col">What to do</th>
            </tr>
          </thead>
          <tbody>
            <xsl:apply-templates select="finding" mode="index"/>
          </tbody>
        </table>
        <xsl:call-template name="hidden"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="finding" mode="index">
    <tr>
      <th scope="row">
        <div class="badges"><xsl:call-template name="severity"/><xsl:text> </xsl:text><xsl:call-template name="state"/></div>
        <a class="main" href="{@page}"><xsl:value-of select="@service"/>: <xsl:value-of select="@class"/></a>
        <xsl:if test="@function != ''">
          <code class="place"><xsl:value-of select="@function"/></code>
          <span class="place"><xsl:value-of select="@place"/></span>
        </xsl:if>
        <xsl:if test="@wait_reason"><span class="place">waits in <xsl:value-of select="@wait_reason"/></span></xsl:if>
        <xsl:if test="@first_bad_build != ''"><span class="place">since build <xsl:value-of select="@first_bad_build"/></span></xsl:if>
      </th>
      <td data-label="Grows by"><xsl:call-template name="growth"/></td>
      <td data-label="Limit reached in"><xsl:call-template name="limit"/></td>
      <td data-label="Course" class="course"><xsl:apply-templates select="spark"/></td>
      <td data-label="What to do" class="words"><xsl:value-of select="@remedy"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="suppressed">
    <xsl:if test="finding or ../suppressions/note">
      <section aria-labelledby="suppressed">
        <h2 id="suppressed">Suppressed</h2>
        <xsl:if test="../suppressions/note">
          <ul class="doubts">
            <xsl:for-each select="../suppressions/note">
              <li><xsl:value-of select="@text"/></li>
            </xsl:for-each>
          </ul>
        </xsl:if>
        <xsl:if test="finding">
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">Where</th>
                <th scope="col">Why it is suppressed</th>
                <th scope="col">Owner</th>
                <th scope="col">Until</th>
              </tr>
            </thead>
            <tbody>
              <xsl:for-each select="finding">
                <tr>
                  <th scope="row">
                    <div class="badges"><xsl:call-template name="severity"/><xsl:text> </xsl:text><xsl:call-template name="state"/></div>
                    <a class="main" href="{@page}"><xsl:value-of select="@service"/>: <xsl:value-of select="@class"/></a>
                    <xsl:if test="@function != ''">
                      <code class="place"><xsl:value-of select="@function"/></code>
                      <span class="place"><xsl:value-of select="@place"/></span>
                    </xsl:if>
                  </th>
                  <td data-label="Why it is suppressed" class="words"><xsl:value-of select="@suppressed_reason"/><span class="place"><xsl:value-of select="@suppressed_by"/></span></td>
                  <td data-label="Owner"><xsl:value-of select="@suppressed_owner"/></td>
                  <td data-label="Until"><xsl:call-template name="until"/></td>
                </tr>
              </xsl:for-each>
            </tbody>
          </table>
          <xsl:call-template name="hidden"/>
        </xsl:if>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="services">
    <section aria-labelledby="services">
      <h2 id="services">All services</h2>
      <xsl:if test="service">
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Service</th>
              <th scope="col">Verdict</th>
              <th scope="col">Live heap</th>
              <th scope="col" class="right">Instances</th>
              <th scope="col" class="right">Captures</th>
              <th scope="col">Newest capture</th>
            </tr>
          </thead>
          <tbody>
            <xsl:apply-templates select="service"/>
          </tbody>
        </table>
      </xsl:if>
      <xsl:call-template name="hidden"/>
    </section>
  </xsl:template>

  <xsl:template match="service">
    <tr>
      <th scope="row"><a class="main" href="{@page}"><xsl:value-of select="@name"/></a></th>
      <td data-label="Verdict">
        <xsl:choose>
          <xsl:when test="@severity"><xsl:call-template name="severity"/><xsl:text> </xsl:text><xsl:value-of select="@verdict"/><xsl:if test="@findings &gt; 1"> in <xsl:value-of select="@findings-text"/> places</xsl:if></xsl:when>
          <xsl:when test="@verdict = 'no leak found'"><span class="good"><span aria-hidden="true">&#x2713;</span> no leak found</span></xsl:when>
          <xsl:otherwise>
            <span class="muted"><xsl:value-of select="@verdict"/></span>
            <xsl:if test="@reason"><span class="place"><xsl:value-of select="@reason"/></span></xsl:if>
          </xsl:otherwise>
        </xsl:choose>
      </td>
      <td data-label="Live heap" class="course"><xsl:apply-templates select="spark"/></td>
      <td data-label="Instances" class="right"><xsl:value-of select="@instances-text"/></td>
      <td data-label="Captures" class="right"><xsl:value-of select="@captures-text"/></td>
      <td data-label="Newest capture"><xsl:if test="@last"><time datetime="{@last}"><xsl:value-of select="@last-text"/></time></xsl:if></td>
    </tr>
  </xsl:template>
</xsl:stylesheet>
