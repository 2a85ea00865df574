<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- The text part of a mail: the same sentences as mail.xsl. Lines are folded afterwards. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:variable name="site" select="/page/@site"/>

  <xsl:template name="heading">
    <xsl:param name="text"/>
    <xsl:value-of select="concat('&#10;', $text, '&#10;')"/>
  </xsl:template>

  <xsl:template name="more">
    <xsl:if test="@hidden"><xsl:value-of select="concat('- and ', @hidden, ' more&#10;')"/></xsl:if>
  </xsl:template>

  <xsl:template match="/page">
    <xsl:value-of select="concat(head/@who, ', ', @label, ', ', head/@since-text, ' to ', head/@until-text, ' UTC&#10;&#10;', head/@title, '&#10;')"/>
    <xsl:if test="head/@limit_words"><xsl:value-of select="concat(head/@limit_words, '&#10;')"/></xsl:if>
    <xsl:apply-templates select="findings"/>
    <xsl:apply-templates select="courses"/>
    <xsl:apply-templates select="fixed"/>
    <xsl:apply-templates select="incidents"/>
    <xsl:apply-templates select="suppressions"/>
    <xsl:apply-templates select="silent"/>
    <xsl:value-of select="concat('&#10;Looked at: ', head/@captures-text, ' captures of ', head/@instances-text, ' instances of ', head/@seen-text, ' of ', head/@services-text, ' services. Growth is of one process; times to a limit assume that it goes on.&#10;')"/>
    <xsl:if test="$site != ''"><xsl:value-of select="concat('All services: ', $site, 'index.html&#10;')"/></xsl:if>
    <xsl:value-of select="concat(@why, '&#10;')"/>
    <xsl:if test="@redacted"><xsl:value-of select="concat('Redacted: ', @redacted, '.&#10;')"/></xsl:if>
  </xsl:template>

  <xsl:template match="findings[finding]">
    <xsl:call-template name="heading"><xsl:with-param name="text">OPEN FINDINGS</xsl:with-param></xsl:call-template>
    <xsl:for-each select="finding">
      <xsl:value-of select="concat('- [', @change, ', ', @severity, '] ', @summary, '&#10;')"/>
      <xsl:if test="@limit_in &lt;= 0">  limit reached already&#10;</xsl:if>
      <xsl:if test="@limit_in &gt; 0">
        <xsl:value-of select="concat('  limit ', @limit_in-text)"/>
        <xsl:if test="@limit_in_low and @limit_in_high"><xsl:value-of select="concat(' (', @limit_in_low-text, ' to ', @limit_in_high-text, ')')"/></xsl:if>
        <xsl:text> after its last capture</xsl:text>
        <xsl:if test="@limit_at"><xsl:value-of select="concat(', about ', @limit_at-text, ' UTC')"/></xsl:if>
        <xsl:text>&#10;</xsl:text>
      </xsl:if>
      <xsl:if test="@first_bad_build"><xsl:value-of select="concat('  since ', @first_bad_build, '&#10;')"/></xsl:if>
      <xsl:if test="@alt"><xsl:value-of select="concat('  ', @alt, '&#10;')"/></xsl:if>
      <xsl:if test="@remedy != ''"><xsl:value-of select="concat('  ', @remedy, '&#10;')"/></xsl:if>
      <xsl:if test="$site != ''"><xsl:value-of select="concat('  ', $site, @page, '&#10;')"/></xsl:if>
    </xsl:for-each>
    <xsl:call-template name="more"/>
  </xsl:template>

  <xsl:template match="courses[course]">
    <xsl:call-template name="heading"><xsl:with-param name="text">BETTER OR WORSE</xsl:with-param></xsl:call-template>
    <xsl:for-each select="course">
      <xsl:value-of select="concat('- ', @service, ': ', @change, '; the limit was ', @before-text, ' away, and is ', @now-text, ' away now&#10;')"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="fixed[finding]">
    <xsl:call-template name="heading"><xsl:with-param name="text">FIXED, AND SEEN TO BE</xsl:with-param></xsl:call-template>
    <xsl:for-each select="finding">
      <xsl:value-of select="concat('- ', @service, ': ', @class, ' in ', @function)"/>
      <xsl:if test="@held"><xsl:value-of select="concat(', which held ', @held-text, ' in each process')"/></xsl:if>
      <xsl:if test="@goroutines"><xsl:value-of select="concat(', ', @goroutines-text, ' goroutines in each process')"/></xsl:if>
      <xsl:text>&#10;</xsl:text>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="incidents[incident]">
    <xsl:call-template name="heading"><xsl:with-param name="text">KILLED</xsl:with-param></xsl:call-template>
    <xsl:for-each select="incident"><xsl:value-of select="concat('- ', @service, ', ', @time-text, ' UTC, as told by ', @sources, '&#10;')"/></xsl:for-each>
    <xsl:call-template name="more"/>
  </xsl:template>

  <xsl:template match="suppressions[suppression]">
    <xsl:call-template name="heading"><xsl:with-param name="text">SUPPRESSIONS TO LOOK AT</xsl:with-param></xsl:call-template>
    <xsl:for-each select="suppression"><xsl:value-of select="concat('- ', @name, ' of ', @owner, ': ', @state, ', until ', @until, '. ', @reason, '&#10;')"/></xsl:for-each>
  </xsl:template>

  <xsl:template match="silent[service]">
    <xsl:call-template name="heading"><xsl:with-param name="text">NOT CAPTURED IN THIS TIME</xsl:with-param></xsl:call-template>
    <xsl:for-each select="service"><xsl:value-of select="concat('- ', @service, ', last on ', @last-text, ' UTC&#10;')"/></xsl:for-each>
    <xsl:call-template name="more"/>
  </xsl:template>

  <xsl:template match="findings | courses | fixed | incidents | suppressions | silent"/>
</xsl:stylesheet>
