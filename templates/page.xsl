<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- The entry: frame of every page. The parts know one kind of page each; model.rng says what they get. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <xsl:include href="parts/common.xsl"/>
  <xsl:include href="parts/figure.xsl"/>
  <xsl:include href="parts/index.xsl"/>
  <xsl:include href="parts/service.xsl"/>
  <xsl:include href="parts/finding.xsl"/>
  <xsl:include href="parts/captures.xsl"/>

  <xsl:template match="/page">
    <html lang="en">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="robots" content="noindex"/>
        <meta name="referrer" content="no-referrer"/>
        <title><xsl:apply-templates select="." mode="title"/> - leakledger</title>
        <link rel="stylesheet" href="{@base}style.css"/>
      </head>
      <body class="{@kind}">
        <a class="skip" href="#main">Skip to the page</a>
        <header class="bar">
          <a class="brand" href="{@base}index.html">leakledger</a>
          <nav aria-label="Site">
            <a href="{@base}index.html"><xsl:if test="@kind = 'index'"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>Fleet</a>
            <a href="{@base}captures.html"><xsl:if test="@kind = 'captures'"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>Captures</a>
          </nav>
        </header>
        <main id="main">
          <xsl:apply-templates select="." mode="body"/>
        </main>
        <footer>
          <p>All times are UTC. Sizes are binary: 1 KiB is 1,024 bytes. Growth is of one process.
            Intervals hold 95 %. Made by leakledger <xsl:value-of select="@version"/>.</p>
        </footer>
      </body>
    </html>
  </xsl:template>
</xsl:stylesheet>
