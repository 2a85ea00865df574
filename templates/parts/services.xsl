<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Services in a table with small pictures: on the fleet's page, on their own, and by team. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="page[@kind = 'services']" mode="title">All services</xsl:template>

  <xsl:template match="page[@kind = 'services']" mode="body">
    <h1>All services</h1>
    <xsl:apply-templates select="services"/>
  </xsl:template>

  <xsl:template match="services">
    <section aria-labelledby="services">
      <h2 id="services">
        <xsl:choose>
          <xsl:when test="/page/@kind = 'index'">Services</xsl:when>
          <xsl:when test="/page/@kind = 'teams'">Without an owner</xsl:when>
          <xsl:otherwise>By severity, then by name</xsl:otherwise>
        </xsl:choose>
      </h2>
      <xsl:if test="service/spark">
        <p class="muted">The heap at which the collector starts next (NextGC) of the instance with most of it, or what its heap
          profiles have in use where no capture tells that: its shape over its own time, and its size from zero to
          <xsl:value-of select="@scale"/> over the time of all, so that they compare. A ring is the lowest value, a dot the last.</p>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="service">
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">Service</th>
                <th scope="col">Verdict</th>
                <xsl:if test="service/spark"><th scope="col">Shape</th><th scope="col">Size</th></xsl:if>
                <th scope="col" class="right">Instances</th>
                <th scope="col" class="right">Captures</th>
                <th scope="col">Newest capture</th>
              </tr>
            </thead>
            <tbody>
              <xsl:apply-templates select="service"/>
            </tbody>
          </table>
        </xsl:when>
        <xsl:otherwise><p class="muted">There is none.</p></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@hidden"><p class="muted"><xsl:value-of select="@hidden"/> more<xsl:if test="/page/@kind = 'index'">:
        <a href="services.html">all services</a></xsl:if>.</p></xsl:if>
    </section>
  </xsl:template>

  <xsl:template match="service">
    <tr>
      <th scope="row">
        <a class="main" href="{/page/@base}{@page}"><xsl:value-of select="@name"/></a>
        <xsl:if test="@owner and /page/@kind != 'team'"><span class="place"><a href="{/page/@base}{@owner_page}"><xsl:value-of select="@owner"/></a></span></xsl:if>
      </th>
      <td data-label="Verdict">
        <xsl:choose>
          <xsl:when test="@severity"><xsl:call-template name="severity"/><xsl:text> </xsl:text><xsl:value-of select="@verdict"/><xsl:if test="@findings &gt; 1"> in <xsl:value-of select="@findings-text"/> places</xsl:if></xsl:when>
          <xsl:when test="@verdict = 'no leak found'"><span class="good"><span aria-hidden="true">&#x2713;</span> no leak found</span></xsl:when>
          <xsl:otherwise>
            <span class="muted"><span aria-hidden="true">&#x25CB;</span><xsl:text> </xsl:text><xsl:value-of select="@verdict"/></span>
            <xsl:if test="@reason"><span class="place"><xsl:value-of select="@reason"/></span></xsl:if>
          </xsl:otherwise>
        </xsl:choose>
      </td>
      <xsl:if test="../service/spark">
        <td data-label="Shape" class="course"><xsl:apply-templates select="spark[1]"/></td>
        <td data-label="Size" class="course"><xsl:apply-templates select="spark[2]"/></td>
      </xsl:if>
      <td data-label="Instances" class="right"><xsl:value-of select="@instances-text"/></td>
      <td data-label="Captures" class="right"><xsl:value-of select="@captures-text"/></td>
      <td data-label="Newest capture"><xsl:if test="@last"><time datetime="{@last}"><xsl:value-of select="@last-text"/></time></xsl:if></td>
    </tr>
  </xsl:template>
</xsl:stylesheet>
