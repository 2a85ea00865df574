<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- A figure: its conclusion, the picture in two widths, and the numbers as a table. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:svg="http://www.w3.org/2000/svg"
                exclude-result-prefixes="svg">

  <xsl:template match="figure">
    <figure id="{@id}">
      <figcaption>
        <xsl:choose>
          <xsl:when test="svg:svg or numbers/moment"><h3><xsl:value-of select="@title"/></h3></xsl:when>
          <!-- What is not there is said and not headlined. -->
          <xsl:otherwise><p class="muted"><xsl:value-of select="@title"/></p></xsl:otherwise>
        </xsl:choose>
        <xsl:if test="@note != ''"><p class="muted"><xsl:value-of select="@note"/></p></xsl:if>
      </figcaption>
      <xsl:copy-of select="svg:svg"/>
      <xsl:apply-templates select="numbers"/>
    </figure>
  </xsl:template>

  <xsl:template match="numbers">
    <xsl:if test="moment">
      <details>
        <summary>The numbers</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="{../@title}: the numbers">
          <table class="numbers">
            <thead>
              <tr>
                <th scope="col"><xsl:value-of select="@of"/></th>
                <xsl:for-each select="series"><th scope="col" class="right"><xsl:value-of select="."/></th></xsl:for-each>
              </tr>
            </thead>
            <tbody>
              <xsl:for-each select="moment">
                <tr>
                  <th scope="row"><xsl:value-of select="@time"/></th>
                  <xsl:for-each select="value"><td class="right"><xsl:value-of select="."/></td></xsl:for-each>
                </tr>
              </xsl:for-each>
            </tbody>
          </table>
        </div>
      </details>
    </xsl:if>
  </xsl:template>

  <xsl:template match="spark">
    <xsl:copy-of select="svg:svg"/>
  </xsl:template>
</xsl:stylesheet>
