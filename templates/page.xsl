<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- The entry: frame of every page. The parts know one kind of page each; model.rng says what they get. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <xsl:include href="parts/common.xsl"/>
  <xsl:include href="parts/figure.xsl"/>
  <xsl:include href="parts/index.xsl"/>
  <xsl:include href="parts/services.xsl"/>
  <xsl:include href="parts/teams.xsl"/>
  <xsl:include href="parts/weeks.xsl"/>
  <xsl:include href="parts/service.xsl"/>
  <xsl:include href="parts/finding.xsl"/>
  <xsl:include href="parts/rules.xsl"/>
  <xsl:include href="parts/kills.xsl"/>
  <xsl:include href="parts/captures.xsl"/>
  <xsl:include href="parts/flame.xsl"/>
  <xsl:include href="parts/postmortem.xsl"/>
  <xsl:include href="parts/postmortem_evidence.xsl"/>

  <!-- One entry of the site's navigation; the page that is open is marked. -->
  <xsl:template name="tab">
    <xsl:param name="kind"/>
    <xsl:param name="name"/>
    <a href="{@base}{$kind}.html"><xsl:if test="@kind = $kind"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if><xsl:value-of select="$name"/></a>
  </xsl:template>

  <xsl:template match="/page">
    <html lang="en">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="robots" content="noindex"/>
        <meta name="referrer" content="no-referrer"/>
        <xsl:choose>
          <xsl:when test="style">
            <meta http-equiv="Content-Security-Policy" content="{@policy}"/>
          </xsl:when>
          <xsl:otherwise>
            <!-- file: is for pages that are opened without a server, where "self" is nobody in some browsers. -->
            <meta http-equiv="Content-Security-Policy">
              <xsl:attribute name="content">default-src 'none'; style-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'<xsl:if test="icicle">; script-src 'self' file:</xsl:if></xsl:attribute>
            </meta>
            <link rel="stylesheet" href="{@base}style.css"/>
          </xsl:otherwise>
        </xsl:choose>
        <title><xsl:apply-templates select="." mode="title"/> - leakledger</title>
        <xsl:if test="style"><style><xsl:value-of select="style"/></style></xsl:if>
        <xsl:if test="icicle and not(style)">
          <link rel="stylesheet" href="{@base}flame.css"/>
          <script src="{@base}flame.js" defer="defer"></script>
        </xsl:if>
      </head>
      <body class="{@kind}">
        <a class="skip" href="#main">Skip to the page</a>
        <xsl:if test="not(@alone)">
        <header class="bar">
          <a class="brand" href="{@base}index.html">leakledger</a>
          <nav aria-label="Site">
            <xsl:call-template name="tab"><xsl:with-param name="kind">index</xsl:with-param><xsl:with-param name="name">Fleet</xsl:with-param></xsl:call-template>
            <xsl:call-template name="tab"><xsl:with-param name="kind">services</xsl:with-param><xsl:with-param name="name">Services</xsl:with-param></xsl:call-template>
            <xsl:call-template name="tab"><xsl:with-param name="kind">teams</xsl:with-param><xsl:with-param name="name">Teams</xsl:with-param></xsl:call-template>
            <xsl:call-template name="tab"><xsl:with-param name="kind">weeks</xsl:with-param><xsl:with-param name="name">Weeks</xsl:with-param></xsl:call-template>
            <xsl:call-template name="tab"><xsl:with-param name="kind">kills</xsl:with-param><xsl:with-param name="name">Kills</xsl:with-param></xsl:call-template>
            <xsl:call-template name="tab"><xsl:with-param name="kind">rules</xsl:with-param><xsl:with-param name="name">Rules</xsl:with-param></xsl:call-template>
            <xsl:call-template name="tab"><xsl:with-param name="kind">captures</xsl:with-param><xsl:with-param name="name">Captures</xsl:with-param></xsl:call-template>
          </nav>
        </header>
        </xsl:if>
        <main id="main">
          <xsl:if test="@shortened">
            <p class="shortened"><strong>Shortened to stay below <xsl:value-of select="@shortened"/>.</strong> Small pictures are
              left out or lists end early; <code>leakledger findings</code> and <code>leakledger captures</code> list everything.</p>
          </xsl:if>
          <xsl:apply-templates select="." mode="body"/>
        </main>
        <footer>
          <p>All times are UTC. Sizes are binary: 1 KiB is 1,024 bytes. Growth is of one process.
            Intervals hold 95 %. Made by leakledger <xsl:value-of select="@version"/>.<xsl:call-template name="redaction"/></p>
        </footer>
        <xsl:if test="script"><script><xsl:value-of select="script"/></script></xsl:if>
      </body>
    </html>
  </xsl:template>
</xsl:stylesheet>
