<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Small things that all pages share: badges, intervals, lists of paragraphs. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <!-- Severity as a sign and a word: never by colour alone. -->
  <xsl:template name="severity">
    <xsl:param name="of" select="@severity"/>
    <span class="badge {$of}">
      <span aria-hidden="true">
        <xsl:choose>
          <xsl:when test="$of = 'error'">&#x25B2;</xsl:when>
          <xsl:when test="$of = 'warning'">&#x25C6;</xsl:when>
          <xsl:otherwise>&#x25CF;</xsl:otherwise>
        </xsl:choose>
      </span>
      <xsl:text> </xsl:text>
      <xsl:value-of select="$of"/>
    </span>
  </xsl:template>

  <xsl:template name="state">
    <xsl:param name="of" select="@state"/>
    <span class="state {$of}">
      <xsl:value-of select="$of"/>
    </span>
  </xsl:template>

  <!-- "38 MiB/day (35 MiB to 41 MiB)" of the row's growth; goroutines when there are no bytes. -->
  <xsl:template name="growth">
    <xsl:choose>
      <xsl:when test="@growth">
        <span class="number"><xsl:if test="@growth &gt; 0">+</xsl:if><xsl:value-of select="@growth-text"/>/<xsl:value-of select="@per"/></span>
        <xsl:if test="@growth_low and @growth_high">
          <xsl:text> </xsl:text>
          <span class="interval"><xsl:value-of select="@growth_low-text"/> to <xsl:value-of select="@growth_high-text"/></span>
        </xsl:if>
      </xsl:when>
      <xsl:when test="not(@goroutines) and not(@objects)">
        <span class="muted">not known</span>
      </xsl:when>
    </xsl:choose>
    <xsl:if test="@goroutines">
      <xsl:if test="@growth"><br/></xsl:if>
      <span class="number"><xsl:if test="@goroutines &gt; 0">+</xsl:if><xsl:value-of select="@goroutines-text"/></span>
      <xsl:text> goroutines/</xsl:text><xsl:value-of select="@per"/>
    </xsl:if>
  </xsl:template>

  <!-- Time to the limit with its interval, or why there is none. -->
  <xsl:template name="limit">
    <xsl:choose>
      <xsl:when test="@limit_in &lt;= 0">
        <span class="number">reached already</span>
      </xsl:when>
      <xsl:when test="@limit_in">
        <span class="number"><xsl:value-of select="@limit_in-text"/></span>
        <xsl:if test="@limit_in_low and @limit_in_high">
          <xsl:text> </xsl:text>
          <span class="interval"><xsl:value-of select="@limit_in_low-text"/> to <xsl:value-of select="@limit_in_high-text"/></span>
        </xsl:if>
        <xsl:if test="@limit_at"><span class="place">about <time datetime="{@limit_at}"><xsl:value-of select="@limit_at-text"/></time> UTC</span></xsl:if>
        <xsl:if test="@limit"><span class="place">of <xsl:value-of select="@limit-text"/><xsl:if test="@is_soft = 'yes'"> (GOMEMLIMIT, a soft limit)</xsl:if></span></xsl:if>
        <xsl:if test="@is_hidden = 'yes'"><span class="place">hidden by restarts: processes end before</span></xsl:if>
      </xsl:when>
      <xsl:otherwise>
        <span class="muted"><xsl:value-of select="@limit_reason"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The day with which a suppression ends; soon is told with a sign and words. -->
  <xsl:template name="until">
    <time datetime="{@suppressed_until}"><xsl:value-of select="@suppressed_until"/></time>
    <xsl:if test="@is_ending = 'yes'"><span class="badge warning place"><span aria-hidden="true">&#x25C6;</span> ends within 14 days</span></xsl:if>
  </xsl:template>

  <!-- By whom, why and until when a finding is put aside. -->
  <xsl:template name="suppression">
    <xsl:if test="@suppressed_by">
      <p class="suppression"><strong>Suppressed</strong> by <xsl:value-of select="@suppressed_owner"/>
        (<xsl:value-of select="@suppressed_by"/>): <xsl:value-of select="@suppressed_reason"/>. Until
        <xsl:call-template name="until"/></p>
    </xsl:if>
  </xsl:template>

  <!-- "1 capture", "2,613 captures" -->
  <xsl:template name="number-of">
    <xsl:param name="n"/>
    <xsl:param name="text"/>
    <xsl:param name="one"/>
    <xsl:param name="many"/>
    <xsl:value-of select="$text"/><xsl:text> </xsl:text>
    <xsl:choose><xsl:when test="$n = 1"><xsl:value-of select="$one"/></xsl:when><xsl:otherwise><xsl:value-of select="$many"/></xsl:otherwise></xsl:choose>
  </xsl:template>

  <xsl:template name="hidden">
    <xsl:if test="@hidden">
      <p class="muted"><xsl:value-of select="@hidden"/> more, not shown here; <code>leakledger findings</code>
        and <code>leakledger captures</code> list all.</p>
    </xsl:if>
  </xsl:template>

  <xsl:template match="p" mode="lines">
    <p><xsl:value-of select="."/></p>
  </xsl:template>

  <!-- At the end of each page: what was taken away from it. -->
  <xsl:template name="redaction">
    <xsl:if test="@redacted"><xsl:text> </xsl:text><strong>Redacted: <xsl:value-of select="@redacted"/>.</strong></xsl:if>
  </xsl:template>

  <!-- One "term: value" of a list of facts. -->
  <xsl:template name="fact">
    <xsl:param name="name"/>
    <xsl:param name="value"/>
    <xsl:if test="$value != ''">
      <div><dt><xsl:value-of select="$name"/></dt><dd><xsl:value-of select="$value"/></dd></div>
    </xsl:if>
  </xsl:template>

  <xsl:template name="breadcrumb">
    <xsl:param name="service"/>
    <xsl:param name="service_page"/>
    <xsl:param name="here"/>
    <nav class="crumbs" aria-label="Where this page is">
      <ol>
        <li><a href="{/page/@base}index.html">Fleet</a></li>
        <xsl:if test="$service">
          <li><a href="{$service_page}"><xsl:value-of select="$service"/></a></li>
        </xsl:if>
        <li aria-current="page"><xsl:value-of select="$here"/></li>
      </ol>
    </nav>
  </xsl:template>
</xsl:stylesheet>
