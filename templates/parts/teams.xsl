<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Who answers for what: all teams, and a page for each. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="page[@kind = 'teams']" mode="title">Teams</xsl:template>

  <xsl:template match="page[@kind = 'teams']" mode="body">
    <h1><xsl:value-of select="head/@title"/></h1>
    <p class="muted">Owners come from the configuration (<code>team</code> in a <code>[service]</code> section), or from a table among the captures with the header <code>service,team</code>.</p>
    <xsl:apply-templates select="teams"/>
    <xsl:apply-templates select="services"/>
  </xsl:template>

  <xsl:template match="teams">
    <xsl:if test="team">
      <section aria-labelledby="teams">
        <h2 id="teams">Teams</h2>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Team</th>
              <th scope="col">Worst</th>
              <th scope="col" class="right">Open findings</th>
              <th scope="col" class="right">New or worse</th>
              <th scope="col">First limit reached in</th>
              <th scope="col" class="right">Services</th>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="team">
              <tr>
                <th scope="row"><a class="main" href="{@page}"><xsl:value-of select="@name"/></a></th>
                <td data-label="Worst"><xsl:if test="@severity"><xsl:call-template name="severity"/></xsl:if></td>
                <td data-label="Open findings" class="right"><xsl:value-of select="@open-text"/></td>
                <td data-label="New or worse" class="right"><xsl:value-of select="@fresh-text"/></td>
                <td data-label="First limit reached in"><xsl:value-of select="@limit_in-text"/></td>
                <td data-label="Services" class="right"><xsl:value-of select="@services-text"/></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="page[@kind = 'team']" mode="title"><xsl:value-of select="head/@title"/></xsl:template>

  <xsl:template match="page[@kind = 'team']" mode="body">
    <nav class="crumbs" aria-label="Where this page is">
      <ol>
        <li><a href="../index.html">Fleet</a></li>
        <li><a href="../teams.html">Teams</a></li>
        <li aria-current="page"><xsl:value-of select="head/@name"/></li>
      </ol>
    </nav>
    <h1><xsl:value-of select="head/@title"/></h1>
    <xsl:apply-templates select="findings" mode="index"/>
    <xsl:apply-templates select="services"/>
  </xsl:template>
</xsl:stylesheet>
