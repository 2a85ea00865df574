<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- The archive: a calendar by ISO week, and a page for each week. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="page[@kind = 'weeks']" mode="title">Weeks</xsl:template>

  <xsl:template match="page[@kind = 'weeks']" mode="body">
    <h1>Week by week</h1>
    <xsl:apply-templates select="weeks"/>
  </xsl:template>

  <!-- Captures of each day; a day on which nothing came is a dash and not a zero. -->
  <xsl:template match="weeks">
    <section aria-labelledby="weeks">
      <h2 id="weeks">Calendar</h2>
      <p class="muted">Weeks by ISO 8601, Monday to Sunday, in UTC: captures of each day, and findings whose first capture is in the week.</p>
      <xsl:choose>
        <xsl:when test="week">
          <div class="scroll" tabindex="0" role="region" aria-label="Captures of each day">
            <table class="calendar">
              <thead>
                <tr>
                  <th scope="col">Week</th>
                  <th scope="col" class="right">Mon</th><th scope="col" class="right">Tue</th><th scope="col" class="right">Wed</th>
                  <th scope="col" class="right">Thu</th><th scope="col" class="right">Fri</th><th scope="col" class="right">Sat</th>
                  <th scope="col" class="right">Sun</th>
                  <th scope="col" class="right">Services</th>
                  <th scope="col" class="right">Found first</th>
                </tr>
              </thead>
              <tbody>
                <xsl:for-each select="week">
                  <tr>
                    <th scope="row"><a class="main" href="{/page/@base}{@page}"><xsl:value-of select="@name"/></a></th>
                    <xsl:call-template name="day"><xsl:with-param name="text" select="@mon-text"/></xsl:call-template>
                    <xsl:call-template name="day"><xsl:with-param name="text" select="@tue-text"/></xsl:call-template>
                    <xsl:call-template name="day"><xsl:with-param name="text" select="@wed-text"/></xsl:call-template>
                    <xsl:call-template name="day"><xsl:with-param name="text" select="@thu-text"/></xsl:call-template>
                    <xsl:call-template name="day"><xsl:with-param name="text" select="@fri-text"/></xsl:call-template>
                    <xsl:call-template name="day"><xsl:with-param name="text" select="@sat-text"/></xsl:call-template>
                    <xsl:call-template name="day"><xsl:with-param name="text" select="@sun-text"/></xsl:call-template>
                    <td class="right"><xsl:value-of select="@services-text"/></td>
                    <td class="right"><xsl:value-of select="@found-text"/></td>
                  </tr>
                </xsl:for-each>
              </tbody>
            </table>
          </div>
        </xsl:when>
        <xsl:otherwise><p class="muted">No capture has a time.</p></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@hidden and /page/@kind = 'index'"><p><a href="weeks.html"><xsl:value-of select="@hidden"/> earlier weeks</a></p></xsl:if>
    </section>
  </xsl:template>

  <xsl:template name="day">
    <xsl:param name="text"/>
    <td class="right"><xsl:choose>
      <xsl:when test="$text != ''"><xsl:value-of select="$text"/></xsl:when>
      <xsl:otherwise><span class="muted" aria-hidden="true">&#x2013;</span><span class="unseen">nothing came</span></xsl:otherwise>
    </xsl:choose></td>
  </xsl:template>

  <xsl:template match="page[@kind = 'week']" mode="title">Week <xsl:value-of select="head/@name"/></xsl:template>

  <xsl:template match="page[@kind = 'week']" mode="body">
    <nav class="crumbs" aria-label="Where this page is">
      <ol>
        <li><a href="../index.html">Fleet</a></li>
        <li><a href="../weeks.html">Weeks</a></li>
        <li aria-current="page"><xsl:value-of select="head/@name"/></li>
      </ol>
    </nav>
    <h1><xsl:value-of select="head/@title"/></h1>
    <p class="lead"><xsl:call-template name="number-of"><xsl:with-param name="n" select="head/@captures"/><xsl:with-param name="text" select="head/@captures-text"/><xsl:with-param name="one">capture</xsl:with-param><xsl:with-param name="many">captures</xsl:with-param></xsl:call-template> of <xsl:call-template name="number-of"><xsl:with-param name="n" select="head/@services"/><xsl:with-param name="text" select="head/@services-text"/><xsl:with-param name="one">service</xsl:with-param><xsl:with-param name="many">services</xsl:with-param></xsl:call-template> and
      <xsl:call-template name="number-of"><xsl:with-param name="n" select="head/@instances"/><xsl:with-param name="text" select="head/@instances-text"/><xsl:with-param name="one">instance</xsl:with-param><xsl:with-param name="many">instances</xsl:with-param></xsl:call-template>, Monday <time datetime="{substring(head/@from, 1, 10)}"><xsl:value-of select="substring(head/@from, 1, 10)"/></time> to
      Sunday <time datetime="{substring(head/@to, 1, 10)}"><xsl:value-of select="substring(head/@to, 1, 10)"/></time>, UTC.</p>
    <p class="jump">
      <xsl:if test="head/@before"><a href="{head/@before}.html">Week before: <xsl:value-of select="head/@before"/></a></xsl:if>
      <xsl:if test="head/@after"><a href="{head/@after}.html">Week after: <xsl:value-of select="head/@after"/></a></xsl:if>
    </p>
    <xsl:apply-templates select="findings" mode="week"/>
    <xsl:apply-templates select="silent" mode="week"/>
  </xsl:template>

  <xsl:template match="findings" mode="week">
    <section aria-labelledby="findings">
      <h2 id="findings">Findings that were there</h2>
      <xsl:choose>
        <xsl:when test="finding">
          <p class="muted">State and growth as the last judgment up to the end of the week had them.</p>
          <table class="cards">
            <thead><tr><th scope="col">Where</th><th scope="col">Then</th><th scope="col">Grew by</th><th scope="col">First seen</th><th scope="col">Last seen</th></tr></thead>
            <tbody>
              <xsl:for-each select="finding">
                <tr>
                  <th scope="row">
                    <div class="badges"><xsl:call-template name="severity"/><xsl:if test="@is_new = 'yes'"><xsl:text> </xsl:text><strong class="small">new in this week</strong></xsl:if></div>
                    <a class="main" href="../{@page}"><xsl:value-of select="@service"/>: <xsl:value-of select="@class"/></a>
                    <xsl:if test="@function != ''"><code class="place"><xsl:value-of select="@function"/></code></xsl:if>
                  </th>
                  <td data-label="Then"><xsl:choose><xsl:when test="@state"><xsl:call-template name="state"/></xsl:when><xsl:otherwise><span class="muted">not judged then</span></xsl:otherwise></xsl:choose></td>
                  <td data-label="Grew by"><xsl:call-template name="growth"/></td>
                  <td data-label="First seen"><time datetime="{@first_seen}"><xsl:value-of select="@first_seen-text"/></time></td>
                  <td data-label="Last seen"><time datetime="{@last_seen}"><xsl:value-of select="@last_seen-text"/></time></td>
                </tr>
              </xsl:for-each>
            </tbody>
          </table>
          <xsl:call-template name="hidden"/>
        </xsl:when>
        <xsl:otherwise><p>None.</p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template match="silent" mode="week">
    <xsl:if test="service">
      <section aria-labelledby="silent">
        <h2 id="silent">Services that had sent captures before, and none in this week</h2>
        <ul class="plain">
          <xsl:for-each select="service">
            <li><a href="../{@page}"><xsl:value-of select="@name"/></a><span class="muted">last on <time datetime="{@last}"><xsl:value-of select="@last-text"/></time></span></li>
          </xsl:for-each>
        </ul>
        <xsl:call-template name="hidden"/>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
