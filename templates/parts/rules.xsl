<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- What rules of others would have said of all services. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="page[@kind = 'rules']" mode="title">What other rules would have said</xsl:template>

  <xsl:template match="page[@kind = 'rules']" mode="body">
    <h1><xsl:value-of select="head/@title"/></h1>
    <p class="lead"><xsl:value-of select="head/@lead"/></p>
    <p class="muted">Thresholds as they are used elsewhere, run over the same captures of <xsl:call-template name="number-of"><xsl:with-param name="n" select="head/@services"/><xsl:with-param name="text" select="head/@services-text"/><xsl:with-param name="one">service</xsl:with-param><xsl:with-param name="many">services</xsl:with-param></xsl:call-template><xsl:if test="head/@since">,
      <time datetime="{head/@since}"><xsl:value-of select="head/@since-text"/></time> to
      <time datetime="{head/@until}"><xsl:value-of select="head/@until-text"/></time> UTC</xsl:if>. They make no finding and
      change none.</p>
    <xsl:apply-templates select="rules" mode="fleet"/>
    <xsl:apply-templates select="lacking"/>
  </xsl:template>

  <xsl:template match="rules" mode="fleet">
    <xsl:if test="rule">
      <section aria-labelledby="rules">
        <h2 id="rules">Rules that could be evaluated</h2>
        <p class="muted">First those that warned of kills, the earliest first; then by how many findings they noticed.</p>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col" class="right">Fired</th>
              <th scope="col" class="right">Nights</th>
              <th scope="col" class="right">Services</th>
              <th scope="col">Before kills</th>
              <th scope="col">Open findings noticed</th>
              <th scope="col">False alarms<br/>a service-week</th>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="rule">
              <tr>
                <th scope="row"><code class="place"><xsl:value-of select="@id"/></code><span class="place"><xsl:value-of select="@title"/></span>
                  <xsl:if test="@failure"><span class="place">Failed of some services: <xsl:value-of select="@failure"/></span></xsl:if></th>
                <td data-label="Fired" class="right times"><xsl:value-of select="@fired-text"/> of <xsl:value-of select="@looked-text"/></td>
                <td data-label="Nights" class="right"><xsl:value-of select="@nights-text"/></td>
                <td data-label="Services" class="right times"><xsl:value-of select="@services_fired-text"/> of <xsl:value-of select="@services-text"/></td>
                <td data-label="Before kills" class="times">
                  <xsl:choose>
                    <xsl:when test="@incidents = 0"><span class="muted">no kill</span></xsl:when>
                    <xsl:otherwise><xsl:value-of select="@announced-text"/> of <xsl:value-of select="@incidents-text"/>
                      <xsl:if test="@lead"><span class="place"><xsl:value-of select="@lead-text"/> before</span></xsl:if></xsl:otherwise>
                  </xsl:choose>
                </td>
                <td data-label="Open findings noticed" class="times">
                  <xsl:choose>
                    <xsl:when test="@problems = 0"><span class="muted">no finding</span></xsl:when>
                    <xsl:otherwise><xsl:value-of select="@noticed-text"/> of <xsl:value-of select="@problems-text"/>
                      <xsl:choose>
                        <xsl:when test="@delay = 0"><span class="place">at the first capture</span></xsl:when>
                        <xsl:when test="@delay"><span class="place"><xsl:value-of select="@delay-text"/> after the first capture</span></xsl:when>
                      </xsl:choose></xsl:otherwise>
                  </xsl:choose>
                </td>
                <td data-label="False alarms a service-week" class="times">
                  <xsl:choose>
                    <xsl:when test="@false_text"><xsl:value-of select="@false_text"/></xsl:when>
                    <xsl:otherwise><span class="muted">no quiet service</span></xsl:otherwise>
                  </xsl:choose>
                </td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
        <xsl:if test="@hidden"><p class="muted"><xsl:value-of select="@hidden"/> more, not shown here; <code>leakledger replay all</code> lists all.</p></xsl:if>
        <p class="muted">Fired: of the captures, or intervals between two, that the rule could judge. Nights: days (UTC) on which it
          fired. Before kills: those with an alarm in the seven days before, and the median of how long before. Noticed: open
          findings of this program with an alarm while they lasted, and the median of how long after their first capture. An alarm is
          a run of captures of one instance at which a rule fires, and a false one is on a service without a finding and without a
          kill. With none it says how many there may be all the same, 95 times in 100. Where quiet services were watched for
          less than a week in all, it says how many there were in that time.</p>
        <p class="muted"><code>leakledger replay RULE --alarms</code> lists the alarms with their captures, <code>leakledger help RULE</code>
          says where a rule comes from and what it cannot see, and the page of each service has what they say of it.</p>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="lacking">
    <xsl:if test="rule">
      <section aria-labelledby="lacking">
        <h2 id="lacking">Rules that lack something</h2>
        <table class="cards">
          <thead><tr><th scope="col">Rule</th><th scope="col">What it needs</th></tr></thead>
          <tbody>
            <xsl:for-each select="rule">
              <tr>
                <th scope="row"><code class="place"><xsl:value-of select="@id"/></code><span class="place"><xsl:value-of select="@title"/></span></th>
                <td data-label="What it needs"><xsl:value-of select="@reason"/></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
