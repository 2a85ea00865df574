<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!--
  The HTML part of a mail. Mail programs know tables, bgcolor and inline styles; no flex, no variables, no SVG, no
  style sheets that can be relied on. Numbers stand in text, pictures only repeat them.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <xsl:variable name="font">font-family:Arial,Helvetica,sans-serif;</xsl:variable>
  <xsl:variable name="site" select="/page/@site"/>

  <!-- A link where the site's address is known, the text alone elsewhere. -->
  <xsl:template name="link">
    <xsl:param name="page"/>
    <xsl:param name="text"/>
    <xsl:choose>
      <xsl:when test="$site != ''"><a href="{$site}{$page}" style="color:#0b57a4"><xsl:value-of select="$text"/></a></xsl:when>
      <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="heading">
    <xsl:param name="text"/>
    <tr><td style="padding:20px 24px 4px 24px"><h2 style="{$font}font-size:16px;line-height:22px;margin:0;color:#1a1a1a"><xsl:value-of select="$text"/></h2></td></tr>
  </xsl:template>

  <xsl:template name="line">
    <xsl:param name="style"/>
    <xsl:attribute name="style"><xsl:value-of select="concat('padding:2px 24px;', $font, 'font-size:14px;line-height:20px;color:#333333;', $style)"/></xsl:attribute>
  </xsl:template>

  <!-- What happened to a finding, as a sign and a word; its cell has a colour that is seen without pictures. -->
  <xsl:template name="change">
    <xsl:choose>
      <xsl:when test="@change = 'new'">&#x25B2; new</xsl:when>
      <xsl:when test="@change = 'back'">&#x25B2; back</xsl:when>
      <xsl:when test="@change = 'worse'">&#x2197; worse</xsl:when>
      <xsl:when test="@change = 'better'">&#x2198; slower</xsl:when>
      <xsl:otherwise>&#x25CF; open</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="/page">
    <html lang="en">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title><xsl:value-of select="@subject"/></title>
      </head>
      <body bgcolor="#f2f3f5" style="margin:0;padding:0;background-color:#f2f3f5">
        <div style="font-size:1px;line-height:1px;color:#f2f3f5;max-height:0;overflow:hidden"><xsl:value-of select="head/@title"/></div>
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f2f3f5"><tr><td align="center" style="padding:16px 8px">
          <table role="presentation" width="640" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="width:100%;max-width:640px;background-color:#ffffff">
            <tr><td style="padding:20px 24px 0 24px;{$font}font-size:13px;line-height:18px;color:#5a5f66">
              <xsl:value-of select="head/@who"/> &#xB7; <xsl:value-of select="@label"/> &#xB7; <xsl:value-of select="head/@since-text"/> to <xsl:value-of select="head/@until-text"/> UTC
            </td></tr>
            <tr><td style="padding:4px 24px 4px 24px"><h1 style="{$font}font-size:22px;line-height:28px;margin:0;color:#111111"><xsl:value-of select="head/@title"/></h1></td></tr>
            <xsl:if test="head/@limit_words">
              <tr><td><xsl:call-template name="line"/><xsl:value-of select="head/@limit_words"/></td></tr>
            </xsl:if>
            <xsl:apply-templates select="findings"/>
            <xsl:apply-templates select="courses"/>
            <xsl:apply-templates select="fixed"/>
            <xsl:apply-templates select="incidents"/>
            <xsl:apply-templates select="suppressions"/>
            <xsl:apply-templates select="silent"/>
            <tr><td style="padding:20px 24px 24px 24px;{$font}font-size:13px;line-height:18px;color:#5a5f66">
              Looked at: <xsl:value-of select="head/@captures-text"/> captures of <xsl:value-of select="head/@instances-text"/> instances of <xsl:value-of select="head/@seen-text"/> of <xsl:value-of select="head/@services-text"/> services.
              Growth is of one process; times to a limit assume that it goes on.
              <xsl:if test="$site != ''"><xsl:call-template name="link"><xsl:with-param name="page" select="'index.html'"/><xsl:with-param name="text" select="'All services'"/></xsl:call-template>. </xsl:if>
              <br/><xsl:value-of select="@why"/><xsl:if test="@redacted"> Redacted: <xsl:value-of select="@redacted"/>.</xsl:if>
            </td></tr>
          </table>
        </td></tr></table>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="findings[finding]">
    <xsl:call-template name="heading"><xsl:with-param name="text">Open findings</xsl:with-param></xsl:call-template>
    <tr><td style="padding:4px 24px">
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
        <xsl:for-each select="finding">
          <tr>
            <td width="4" bgcolor="#c4c7cc" style="font-size:1px"><xsl:if test="@change = 'new' or @change = 'back' or @change = 'worse'"><xsl:attribute name="bgcolor">#b3261e</xsl:attribute></xsl:if>&#xA0;</td>
            <td style="padding:8px 0 8px 12px;{$font}font-size:14px;line-height:20px;color:#222222" valign="top">
              <xsl:if test="@cid"><img src="cid:{@cid}" width="128" height="40" border="0" align="right" hspace="8" alt="{@alt}" style="margin:2px 0 4px 12px"/></xsl:if>
              <b style="color:#111111"><xsl:call-template name="change"/>, <xsl:value-of select="@severity"/></b>
              &#xB7; <xsl:call-template name="link"><xsl:with-param name="page" select="@page"/><xsl:with-param name="text" select="@service"/></xsl:call-template>
              <br/><xsl:value-of select="@sentence"/>
              <xsl:if test="@limit_in &lt;= 0"><br/>Limit <b>reached already</b></xsl:if>
              <xsl:if test="@limit_in &gt; 0"><br/>Limit <b><xsl:value-of select="@limit_in-text"/></b><xsl:if test="@limit_in_low and @limit_in_high"> (<xsl:value-of select="@limit_in_low-text"/> to <xsl:value-of select="@limit_in_high-text"/>)</xsl:if> after its last capture<xsl:if test="@limit_at">, about <xsl:value-of select="@limit_at-text"/> UTC</xsl:if></xsl:if>
              <xsl:if test="@first_bad_build"> &#xB7; since <xsl:value-of select="@first_bad_build"/></xsl:if>
              <xsl:if test="@alt and not(@cid)"><br/><xsl:value-of select="@alt"/></xsl:if>
              <xsl:if test="@remedy != ''"><br/><span style="color:#5a5f66"><xsl:value-of select="@remedy"/></span></xsl:if>
            </td>
          </tr>
          <tr><td colspan="2" height="1" bgcolor="#e3e5e8" style="font-size:1px;line-height:1px">&#xA0;</td></tr>
        </xsl:for-each>
      </table>
    </td></tr>
    <xsl:if test="@hidden">
      <tr><td><xsl:call-template name="line"/>and <xsl:value-of select="@hidden"/> more<xsl:if test="$site != ''"> on <xsl:call-template name="link"><xsl:with-param name="page" select="'index.html'"/><xsl:with-param name="text" select="'the site'"/></xsl:call-template></xsl:if>.</td></tr>
    </xsl:if>
  </xsl:template>

  <xsl:template match="courses[course]">
    <xsl:call-template name="heading"><xsl:with-param name="text">Better or worse</xsl:with-param></xsl:call-template>
    <xsl:for-each select="course">
      <tr><td><xsl:call-template name="line"/><b><xsl:value-of select="@service"/></b>: <xsl:value-of select="@change"/>; the limit was <xsl:value-of select="@before-text"/> away, and is <xsl:value-of select="@now-text"/> away now.</td></tr>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="fixed[finding]">
    <xsl:call-template name="heading"><xsl:with-param name="text">Fixed, and seen to be</xsl:with-param></xsl:call-template>
    <xsl:for-each select="finding">
      <tr><td><xsl:call-template name="line"/>&#x2713; <xsl:call-template name="link"><xsl:with-param name="page" select="@page"/><xsl:with-param name="text" select="@service"/></xsl:call-template>: <xsl:value-of select="@class"/> in <xsl:value-of select="@function"/><xsl:if test="@held">, which held <xsl:value-of select="@held-text"/> in each process</xsl:if><xsl:if test="@goroutines">, <xsl:value-of select="@goroutines-text"/> goroutines in each process</xsl:if>.</td></tr>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="incidents[incident]">
    <xsl:call-template name="heading"><xsl:with-param name="text">Killed</xsl:with-param></xsl:call-template>
    <xsl:for-each select="incident">
      <tr><td><xsl:call-template name="line"/><b><xsl:value-of select="@service"/></b>, <xsl:value-of select="@time-text"/> UTC, as told by <xsl:value-of select="@sources"/>.</td></tr>
    </xsl:for-each>
    <xsl:if test="@hidden"><tr><td><xsl:call-template name="line"/>and <xsl:value-of select="@hidden"/> more.</td></tr></xsl:if>
  </xsl:template>

  <xsl:template match="suppressions[suppression]">
    <xsl:call-template name="heading"><xsl:with-param name="text">Suppressions to look at</xsl:with-param></xsl:call-template>
    <xsl:for-each select="suppression">
      <tr><td><xsl:call-template name="line"/><b><xsl:value-of select="@name"/></b> of <xsl:value-of select="@owner"/>: <xsl:value-of select="@state"/>, until <xsl:value-of select="@until"/>. <xsl:value-of select="@reason"/></td></tr>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="silent[service]">
    <xsl:call-template name="heading"><xsl:with-param name="text">Not captured in this time</xsl:with-param></xsl:call-template>
    <xsl:for-each select="service">
      <tr><td><xsl:call-template name="line"/><b><xsl:value-of select="@service"/></b>, last on <xsl:value-of select="@last-text"/> UTC.</td></tr>
    </xsl:for-each>
    <xsl:if test="@hidden"><tr><td><xsl:call-template name="line"/>and <xsl:value-of select="@hidden"/> more.</td></tr></xsl:if>
  </xsl:template>

  <xsl:template match="findings | courses | fixed | incidents | suppressions | silent"/>
</xsl:stylesheet>
