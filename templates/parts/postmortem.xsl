<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- One kill, and the list of kills. A page that stands alone has its style in itself and no links into a site. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:svg="http://www.w3.org/2000/svg"
                exclude-result-prefixes="svg">

  <xsl:template match="page[@kind = 'postmortem']" mode="title">
    <xsl:value-of select="head/@title"/>
  </xsl:template>

  <xsl:template match="page[@kind = 'postmortem']" mode="body">
    <xsl:if test="not(@alone)">
      <xsl:call-template name="breadcrumb">
        <xsl:with-param name="service" select="head/@service"/>
        <xsl:with-param name="service_page" select="head/@service_page"/>
        <xsl:with-param name="here" select="head/@died"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:apply-templates select="head" mode="postmortem"/>
    <xsl:apply-templates select="gaps"/>
    <section aria-labelledby="around">
      <h2 id="around">Around the kill</h2>
      <figure id="lanes">
        <xsl:apply-templates select="figure[@id = 'lanes']" mode="caption"/>
        <xsl:apply-templates select="moments"/>
      </figure>
    </section>
    <xsl:apply-templates select="terms"/>
    <xsl:apply-templates select="verdicts"/>
    <xsl:apply-templates select="sites" mode="postmortem"/>
    <xsl:apply-templates select="since"/>
    <xsl:apply-templates select="goroutines"/>
    <xsl:apply-templates select="tasks"/>
    <xsl:apply-templates select="rules" mode="postmortem"/>
    <xsl:apply-templates select="commands"/>
    <xsl:apply-templates select="signs"/>
  </xsl:template>

  <xsl:template match="head" mode="postmortem">
    <h1><xsl:value-of select="@title"/></h1>
    <p class="lead"><xsl:value-of select="@sentence"/></p>
    <section class="verdict error" aria-label="The kill">
      <dl class="facts">
        <div><dt>Killed</dt><dd><time datetime="{@time}"><xsl:value-of select="@died"/></time><xsl:if test="@until"> to <xsl:value-of select="@until"/></xsl:if></dd></div>
        <div><dt>Limit</dt><dd><xsl:if test="@limit"><span class="number"><xsl:value-of select="@limit-text"/></span>, </xsl:if><xsl:value-of select="@limit_words"/></dd></div>
        <xsl:if test="@rss or @usage">
          <div><dt>It had</dt><dd>
            <xsl:if test="@rss"><span class="number"><xsl:value-of select="@rss-text"/></span> resident</xsl:if>
            <xsl:if test="@usage"><xsl:if test="@rss">, </xsl:if><xsl:value-of select="@usage-text"/> charged to its cgroup</xsl:if>
          </dd></div>
        </xsl:if>
        <xsl:if test="@unseen">
          <div><dt>Last capture</dt><dd><strong><xsl:value-of select="@unseen-text"/> before the kill</strong><xsl:if test="@expected">, worth <xsl:value-of select="@expected-text"/> at the rise before</xsl:if></dd></div>
        </xsl:if>
        <xsl:if test="../sites/site[@gain &gt; 0]">
          <div class="wide"><dt>Grew most in the heap</dt><dd><xsl:for-each select="../sites/site[@gain &gt; 0][1]"><code><xsl:value-of select="@function"/></code>, <span class="number">+<xsl:value-of select="@gain-text"/></span><span class="place"><xsl:value-of select="@place"/></span></xsl:for-each></dd></div>
        </xsl:if>
        <div class="wide"><dt>What to do</dt><dd><xsl:value-of select="@advice"/><xsl:if test="not(../@alone)"><xsl:for-each select="../findings/finding[@page and @lead][1]"><xsl:text> </xsl:text><a href="{@page}">The finding</a></xsl:for-each></xsl:if></dd></div>
        <xsl:if test="@sure"><div class="wide"><dt>How sure</dt><dd><xsl:value-of select="@sure"/><xsl:text> </xsl:text><a href="#verdict">The conditions</a></dd></div></xsl:if>
        <xsl:if test="@age"><div><dt>Age</dt><dd><xsl:value-of select="@age-text"/></dd></div></xsl:if>
        <xsl:if test="@build"><div><dt>Build</dt><dd><xsl:value-of select="@build"/><xsl:if test="@release"> (release <xsl:value-of select="@release"/>)</xsl:if></dd></div></xsl:if>
        <xsl:if test="@instance != ''"><div><dt>Instance</dt><dd><xsl:value-of select="@instance"/><xsl:if test="@chosen_words"><span class="place"><xsl:value-of select="@chosen_words"/></span></xsl:if></dd></div></xsl:if>
        <xsl:if test="@process"><div><dt>Process</dt><dd><xsl:value-of select="@process"/><xsl:if test="@pid">, pid <xsl:value-of select="@pid"/></xsl:if><xsl:if test="@host"> on <xsl:value-of select="@host"/></xsl:if></dd></div></xsl:if>
        <xsl:call-template name="fact"><xsl:with-param name="name">Exit code</xsl:with-param><xsl:with-param name="value" select="@exit_code"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">Restarts of the container</xsl:with-param><xsl:with-param name="value" select="@restarts"/></xsl:call-template>
        <xsl:if test="@skew"><div><dt>Clocks</dt><dd>disagree by up to <xsl:value-of select="@skew-text"/></dd></div></xsl:if>
        <xsl:call-template name="fact"><xsl:with-param name="name">Told by</xsl:with-param><xsl:with-param name="value" select="@sources"/></xsl:call-template>
        <xsl:if test="@cgroup"><div><dt>Cgroup</dt><dd><code class="place"><xsl:value-of select="@cgroup"/></code></dd></div></xsl:if>
      </dl>
    </section>
  </xsl:template>

  <xsl:template match="moments">
    <xsl:if test="not(moment)">
      <table class="numbers"><tbody><tr><th scope="row">Captures of MemStats before the kill</th><td class="right">none</td></tr></tbody></table>
    </xsl:if>
    <xsl:if test="moment">
      <details>
        <summary>The numbers: the last captures before the kill</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="The last captures before the kill">
          <table class="numbers">
            <thead><tr><th scope="col">Time, UTC</th><th scope="col" class="right">Resident</th><th scope="col" class="right">Taken by Go</th><th scope="col" class="right">Heap</th><th scope="col" class="right">NextGC</th><th scope="col" class="right">Live heap</th><th scope="col" class="right">GC CPU</th><th scope="col" class="right">Goroutines</th></tr></thead>
            <tbody>
              <xsl:for-each select="moment">
                <tr><th scope="row"><xsl:value-of select="@time"/></th><td class="right"><xsl:value-of select="@rss-text"/></td><td class="right"><xsl:value-of select="@footprint-text"/></td><td class="right"><xsl:value-of select="@heap-text"/></td><td class="right"><xsl:value-of select="@next_gc-text"/></td><td class="right"><xsl:value-of select="@live-text"/></td><td class="right"><xsl:value-of select="@gc_cpu"/></td><td class="right"><xsl:value-of select="@goroutines-text"/></td></tr>
              </xsl:for-each>
            </tbody>
          </table>
        </div>
      </details>
    </xsl:if>
  </xsl:template>

  <xsl:template match="page[@kind = 'postmortem']/terms">
    <section aria-labelledby="bytes">
      <h2 id="bytes">Where the bytes were</h2>
      <xsl:choose>
        <xsl:when test="../figure[@id = 'parts']">
          <figure id="parts">
            <xsl:apply-templates select="../figure[@id = 'parts']" mode="caption"/>
            <xsl:apply-templates select="." mode="table"/>
          </figure>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates select="." mode="table"/></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template match="terms" mode="table">
      <table class="cards">
      <thead><tr><th scope="col">Part</th><th scope="col" class="right">Size</th><th scope="col" class="right">Share</th><th scope="col">What it is</th></tr></thead>
      <tbody>
        <xsl:for-each select="term">
          <tr>
            <xsl:if test="@term = 'total'"><xsl:attribute name="class">total</xsl:attribute></xsl:if>
            <th scope="row"><xsl:value-of select="@title"/></th>
            <td data-label="Size" class="right"><xsl:choose><xsl:when test="@bytes"><xsl:value-of select="@bytes-text"/></xsl:when><xsl:otherwise><strong>not known</strong></xsl:otherwise></xsl:choose></td>
            <td data-label="Share" class="right"><xsl:value-of select="@share"/></td>
            <td data-label="What it is"><xsl:value-of select="@note"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

  <!-- Conclusion and pictures; its numbers are a table of the page's own. -->
  <xsl:template match="figure" mode="caption">
    <figcaption>
      <h3><xsl:value-of select="@title"/></h3>
      <p class="muted"><xsl:value-of select="@note"/></p>
    </figcaption>
    <xsl:copy-of select="svg:svg"/>
  </xsl:template>

  <xsl:template match="verdicts">
    <section aria-labelledby="verdict">
      <h2 id="verdict">Why: <xsl:value-of select="../head/@verdict_title"/></h2>
      <p class="muted">Four verdicts are tried in this order; the first of which everything holds is taken. Where something is not known, the verdict stays open.</p>
      <xsl:for-each select="verdict">
        <xsl:variable name="id" select="@id"/>
        <article class="card">
          <xsl:if test="@is_chosen = 'yes'"><xsl:attribute name="class">card error</xsl:attribute></xsl:if>
          <h3><xsl:value-of select="@title"/>: <xsl:value-of select="@state"/></h3>
          <p><xsl:value-of select="@rule"/></p>
          <table class="numbers conditions">
            <thead><tr><th scope="col">Holds</th><th scope="col">It asks that</th><th scope="col">What was found</th></tr></thead>
            <tbody>
              <xsl:for-each select="/page/conditions/condition[@verdict = $id]">
                <tr class="{@holds}"><th scope="row"><xsl:value-of select="@holds"/></th><td><xsl:value-of select="@asks"/></td><td><xsl:value-of select="@found"/></td></tr>
              </xsl:for-each>
            </tbody>
          </table>
        </article>
      </xsl:for-each>
    </section>
  </xsl:template>

  <xsl:template match="incidents">
    <xsl:if test="incident or ../kills/@strange &gt; 0">
      <section aria-labelledby="kills">
        <h2 id="kills">Processes that were killed</h2>
        <xsl:if test="incident">
        <table class="cards">
          <thead><tr><th scope="col">When</th><th scope="col">Service</th><xsl:if test="incident/@verdict"><th scope="col">Verdict</th></xsl:if><xsl:if test="incident/@instance != ''"><th scope="col">Instance</th></xsl:if><th scope="col" class="right">Limit</th><th scope="col">Told by</th></tr></thead>
          <tbody>
            <xsl:for-each select="incident">
              <tr>
                <th scope="row">
                  <xsl:choose>
                    <xsl:when test="/page/@alone"><a href="{/page/@prefix}{@name}.html"><time datetime="{@time}"><xsl:value-of select="@died"/></time></a></xsl:when>
                    <xsl:when test="@is_seen = 'yes'"><a href="{/page/@base}incidents/{@name}.html"><time datetime="{@time}"><xsl:value-of select="@died"/></time></a></xsl:when>
                    <xsl:otherwise><time datetime="{@time}"><xsl:value-of select="@died"/></time></xsl:otherwise>
                  </xsl:choose><xsl:if test="@until"><span class="place">or until <xsl:value-of select="@until"/></span></xsl:if></th>
                <td data-label="Service"><xsl:value-of select="@service"/></td>
                <xsl:if test="../incident/@verdict">
                  <td data-label="Verdict" class="words">
                    <xsl:choose>
                      <xsl:when test="@verdict != ''"><strong><xsl:value-of select="@verdict"/></strong></xsl:when>
                      <xsl:otherwise>none</xsl:otherwise>
                    </xsl:choose>
                    <span class="place"><xsl:value-of select="@sentence"/></span>
                  </td>
                </xsl:if>
                <xsl:if test="../incident/@instance != ''"><td data-label="Instance"><xsl:value-of select="@instance"/></td></xsl:if>
                <td data-label="Limit" class="right"><xsl:value-of select="@limit-text"/></td>
                <td data-label="Told by"><xsl:value-of select="@sources"/></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
        <xsl:if test="@hidden"><p class="muted"><xsl:value-of select="@hidden"/> more and older, not shown here; <code>leakledger postmortem</code> lists all.</p></xsl:if>
        </xsl:if>
        <xsl:if test="/page/@kind = 'index'">
          <p><a href="kills.html"><xsl:choose>
            <xsl:when test="../kills/@known = 0 and ../kills/@strange = 1">One process was killed of which nothing was ever captured</xsl:when>
            <xsl:when test="../kills/@known = 0"><xsl:value-of select="../kills/@strange-text"/> processes were killed of which nothing was ever captured</xsl:when>
            <xsl:when test="../kills/@strange = 1">One more process was killed of which nothing was ever captured</xsl:when>
            <xsl:when test="../kills/@strange &gt; 1"><xsl:value-of select="../kills/@strange-text"/> more processes were killed of which nothing was ever captured</xsl:when>
            <xsl:otherwise>All kills</xsl:otherwise>
          </xsl:choose></a></p>
        </xsl:if>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="page[@kind = 'incidents']" mode="title">Processes that were killed</xsl:template>

  <xsl:template match="page[@kind = 'incidents']" mode="body">
    <h1>Processes that were killed for their memory</h1>
    <xsl:apply-templates select="incidents"/>
  </xsl:template>
</xsl:stylesheet>
