<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- What was read, what was not and why. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="page[@kind = 'captures']" mode="title">Captures</xsl:template>

  <xsl:template match="page[@kind = 'captures']" mode="body">
    <h1><xsl:call-template name="number-of"><xsl:with-param name="n" select="head/@captures"/><xsl:with-param name="text" select="head/@captures-text"/><xsl:with-param name="one">capture</xsl:with-param><xsl:with-param name="many">captures</xsl:with-param></xsl:call-template> from <xsl:call-template name="number-of"><xsl:with-param name="n" select="head/@files"/><xsl:with-param name="text" select="head/@files-text"/><xsl:with-param name="one">file</xsl:with-param><xsl:with-param name="many">files</xsl:with-param></xsl:call-template></h1>
    <p class="lead">
      <xsl:choose>
        <xsl:when test="head/@rejected = 0 and head/@partial = 0">Everything could be read.</xsl:when>
        <xsl:otherwise>
          <xsl:if test="head/@rejected &gt; 0"><xsl:call-template name="number-of"><xsl:with-param name="n" select="head/@rejected"/><xsl:with-param name="text" select="head/@rejected-text"/><xsl:with-param name="one">file holds</xsl:with-param><xsl:with-param name="many">files hold</xsl:with-param></xsl:call-template> something that is no capture or is damaged. </xsl:if>
          <xsl:if test="head/@partial &gt; 0"><xsl:call-template name="number-of"><xsl:with-param name="n" select="head/@partial"/><xsl:with-param name="text" select="head/@partial-text"/><xsl:with-param name="one">capture was</xsl:with-param><xsl:with-param name="many">captures were</xsl:with-param></xsl:call-template> read in part.</xsl:if>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:if test="head/@left_out &gt; 0"><xsl:text> </xsl:text><xsl:call-template name="number-of"><xsl:with-param name="n" select="head/@left_out"/><xsl:with-param name="text" select="head/@left_out-text"/><xsl:with-param name="one">capture was</xsl:with-param><xsl:with-param name="many">captures were</xsl:with-param></xsl:call-template> left out of judgments.</xsl:if>
      <xsl:if test="head/@repeats &gt; 0"><xsl:text> </xsl:text><xsl:value-of select="head/@repeats-text"/> of the captures repeat what an earlier one of the same collection shows, and count once.</xsl:if>
    </p>
    <section aria-labelledby="when">
      <h2 id="when">What was captured when</h2>
      <xsl:apply-templates select="figure"/>
    </section>
    <xsl:apply-templates select="odd"/>
    <xsl:apply-templates select="audited"/>
    <xsl:apply-templates select="ignored"/>
    <xsl:apply-templates select="kinds" mode="captures"/>
  </xsl:template>

  <xsl:template match="ignored">
    <xsl:if test="service">
      <section aria-labelledby="ignored">
        <h2 id="ignored">Ignored, as the configuration says</h2>
        <p class="muted">Read and kept, and left out of judgments and of all other pages.</p>
        <table class="cards">
          <thead><tr><th scope="col">Service</th><th scope="col">Section</th><th scope="col">Rule</th><th scope="col" class="right">Instances</th><th scope="col" class="right">Captures</th><th scope="col">Left out</th></tr></thead>
          <tbody>
            <xsl:for-each select="service">
              <tr>
                <th scope="row" class="long"><xsl:value-of select="@service"/></th>
                <td data-label="Section" class="long"><xsl:value-of select="@name"/></td>
                <td data-label="Rule" class="long"><code><xsl:value-of select="@rule"/></code></td>
                <td data-label="Instances" class="right"><xsl:value-of select="@instances-text"/></td>
                <td data-label="Captures" class="right"><xsl:value-of select="@captures-text"/></td>
                <td data-label="Left out"><xsl:choose><xsl:when test="@is_whole = 'yes'">all of it</xsl:when><xsl:otherwise>a part</xsl:otherwise></xsl:choose></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
        <xsl:call-template name="hidden"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="odd">
    <xsl:if test="file">
      <section aria-labelledby="odd">
        <h2 id="odd">Not read, or not entirely</h2>
        <table class="cards">
          <thead><tr><th scope="col">File</th><th scope="col">Status</th><th scope="col">Why</th></tr></thead>
          <tbody>
            <xsl:for-each select="file">
              <tr>
                <th scope="row" class="long"><xsl:value-of select="@path"/></th>
                <td data-label="Status"><xsl:value-of select="@status"/><xsl:if test="@kind"> (<xsl:value-of select="@kind"/>)</xsl:if></td>
                <td data-label="Why" class="long"><xsl:value-of select="@reason"/></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
        <xsl:call-template name="hidden"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="audited">
    <xsl:if test="capture">
      <section aria-labelledby="audited">
        <h2 id="audited">Left out of judgments, or counted less</h2>
        <table class="cards">
          <thead><tr><th scope="col">File</th><th scope="col">Kind</th><th scope="col">Why</th><th scope="col">Left out</th></tr></thead>
          <tbody>
            <xsl:for-each select="capture">
              <tr>
                <th scope="row" class="long"><xsl:value-of select="@path"/></th>
                <td data-label="Kind"><xsl:value-of select="@kind"/></td>
                <td data-label="Why" class="long"><xsl:value-of select="@reason"/>: <xsl:value-of select="@detail"/></td>
                <td data-label="Left out"><xsl:choose><xsl:when test="@is_left_out = 1">yes</xsl:when><xsl:otherwise>no</xsl:otherwise></xsl:choose></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
        <xsl:call-template name="hidden"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="kinds" mode="captures">
    <section aria-labelledby="kinds">
      <h2 id="kinds">By kind</h2>
      <table class="cards">
        <thead><tr><th scope="col">Kind</th><th scope="col">Format</th><th scope="col" class="right">Captures</th><th scope="col" class="right">Services</th><th scope="col">First</th><th scope="col">Last</th></tr></thead>
        <tbody>
          <xsl:for-each select="kind">
            <tr>
              <th scope="row"><xsl:value-of select="@kind"/><xsl:if test="@variant != ''"> (<xsl:value-of select="@variant"/>)</xsl:if></th>
              <td data-label="Format"><xsl:value-of select="@format"/></td>
              <td data-label="Captures" class="right"><xsl:value-of select="@captures-text"/></td>
              <td data-label="Services" class="right"><xsl:value-of select="@services-text"/></td>
              <td data-label="First"><xsl:value-of select="@first-text"/></td>
              <td data-label="Last"><xsl:value-of select="@last-text"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </section>
  </xsl:template>
</xsl:stylesheet>
