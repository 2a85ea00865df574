<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- One service: its findings, the pictures of its memory, what was judged and what was captured. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="page[@kind = 'service']" mode="title">
    <xsl:value-of select="head/@title"/>
  </xsl:template>

  <xsl:template match="page[@kind = 'service']" mode="body">
    <xsl:call-template name="breadcrumb">
      <xsl:with-param name="here" select="head/@name"/>
    </xsl:call-template>
    <h1><xsl:value-of select="head/@title"/></h1>
    <xsl:if test="head/@lead"><p class="lead"><xsl:value-of select="head/@lead"/></p></xsl:if>
    <p class="muted">
      <xsl:call-template name="number-of"><xsl:with-param name="n" select="head/@captures"/><xsl:with-param name="text" select="head/@captures-text"/><xsl:with-param name="one">capture</xsl:with-param><xsl:with-param name="many">captures</xsl:with-param></xsl:call-template> of <xsl:call-template name="number-of"><xsl:with-param name="n" select="head/@instances"/><xsl:with-param name="text" select="head/@instances-text"/><xsl:with-param name="one">instance</xsl:with-param><xsl:with-param name="many">instances</xsl:with-param></xsl:call-template>
      <xsl:if test="head/@since">, <time datetime="{head/@since}"><xsl:value-of select="head/@since-text"/></time> to
      <time datetime="{head/@until}"><xsl:value-of select="head/@until-text"/></time></xsl:if>
      <xsl:if test="head/@go_versions">, <xsl:value-of select="head/@go_versions"/></xsl:if>
    </p>
    <ul class="jump" aria-label="On this page">
      <xsl:if test="findings/finding"><li><a href="#findings">Findings</a></li></xsl:if>
      <li><a href="#glance">At a glance</a></li>
      <li><a href="#memory">Memory</a></li>
      <li><a href="#code">Code</a></li>
      <li><a href="#judgment">Judgment</a></li>
      <li><a href="#data">Captures</a></li>
    </ul>
    <xsl:apply-templates select="findings" mode="service"/>
    <xsl:apply-templates select="incidents"/>
    <section aria-labelledby="glance">
      <h2 id="glance">At a glance</h2>
      <xsl:apply-templates select="card"/>
      <div class="quadrants">
        <div><xsl:apply-templates select="figure[@id = 'gc-cpu']"/></div>
        <div><xsl:apply-templates select="figure[@id = 'count' or @id = 'objects']"/></div>
        <div><xsl:apply-templates select="figure[@id = 'rss']"/></div>
        <div><xsl:apply-templates select="figure[@id = 'slope']"/></div>
      </div>
      <xsl:apply-templates select="icicle"/>
    </section>
    <section aria-labelledby="memory">
      <h2 id="memory">Memory</h2>
      <xsl:apply-templates select="figure[@id = 'floor']"/>
      <xsl:apply-templates select="figure[@id = 'heap']"/>
      <xsl:apply-templates select="figure[@id = 'ledger']"/>
    </section>
    <section aria-labelledby="code">
      <h2 id="code">Code</h2>
      <xsl:apply-templates select="figure[@id = 'sites']"/>
      <xsl:apply-templates select="growth"/>
      <xsl:if test="figure[@id = 'builds']/numbers"><xsl:apply-templates select="figure[@id = 'builds']"/></xsl:if>
      <xsl:apply-templates select="figure[@id = 'goroutines']"/>
    </section>
    <xsl:apply-templates select="gogc"/>
    <section aria-labelledby="judgment">
      <h2 id="judgment">Judgment</h2>
      <xsl:apply-templates select="stages"/>
      <xsl:apply-templates select="rules"/>
    </section>
    <section aria-labelledby="data">
      <h2 id="data">Captures</h2>
      <xsl:apply-templates select="lives"/>
      <xsl:apply-templates select="kinds" mode="service"/>
      <xsl:apply-templates select="files"/>
    </section>
  </xsl:template>

  <!-- The numbers of the newest capture: what a person on call asks first. -->
  <xsl:template match="card">
    <xsl:choose>
      <xsl:when test="state"><xsl:apply-templates select="state"/></xsl:when>
      <xsl:otherwise><p class="muted">No capture of MemStats tells where the memory of a process is, nor any its size.</p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="state">
    <dl class="facts memory">
      <xsl:call-template name="measure"><xsl:with-param name="name"><xsl:choose><xsl:when test="@rss">Resident (RSS)</xsl:when><xsl:otherwise>Go footprint (no RSS known)</xsl:otherwise></xsl:choose></xsl:with-param>
        <xsl:with-param name="value"><xsl:choose><xsl:when test="@rss"><xsl:value-of select="@rss-text"/></xsl:when><xsl:otherwise><xsl:value-of select="@footprint-text"/></xsl:otherwise></xsl:choose></xsl:with-param>
        <xsl:with-param name="note"><xsl:choose><xsl:when test="@limit"><xsl:value-of select="@share"/> of the limit of <xsl:value-of select="@limit-text"/>, <xsl:value-of select="@headroom-text"/> left</xsl:when><xsl:otherwise>no limit is known</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template>
      <xsl:call-template name="measure"><xsl:with-param name="name">Live heap</xsl:with-param><xsl:with-param name="value" select="@live-text"/>
        <xsl:with-param name="note"><xsl:choose><xsl:when test="@live_source = 'exact'">at the last collection</xsl:when><xsl:when test="@live_source = 'HeapAlloc'">at most: HeapAlloc</xsl:when><xsl:otherwise>at most, as <xsl:value-of select="@live_source"/> implies</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template>
      <xsl:call-template name="measure"><xsl:with-param name="name">Next collection at</xsl:with-param><xsl:with-param name="value" select="@next_gc-text"/>
        <xsl:with-param name="note">HeapAlloc is <xsl:value-of select="@heap_alloc-text"/></xsl:with-param></xsl:call-template>
      <xsl:call-template name="measure"><xsl:with-param name="name">Kept idle by Go</xsl:with-param><xsl:with-param name="value" select="@idle-text"/>
        <xsl:with-param name="note"><xsl:value-of select="@fragmentation-text"/> in holes</xsl:with-param></xsl:call-template>
      <xsl:call-template name="measure"><xsl:with-param name="name">Stacks</xsl:with-param><xsl:with-param name="value" select="@stacks-text"/>
        <xsl:with-param name="note"><xsl:if test="@goroutines"><xsl:value-of select="@goroutines-text"/> goroutines</xsl:if></xsl:with-param></xsl:call-template>
      <xsl:if test="@outside"><xsl:call-template name="measure"><xsl:with-param name="name">Outside Go</xsl:with-param><xsl:with-param name="value" select="@outside-text"/><xsl:with-param name="note">resident, in none of Go's accounts</xsl:with-param></xsl:call-template></xsl:if>
      <xsl:call-template name="measure"><xsl:with-param name="name">Collections</xsl:with-param><xsl:with-param name="value" select="@collections-text"/>
        <xsl:with-param name="note"><xsl:if test="@forced &gt; 0"><xsl:value-of select="@forced-text"/> of them forced; </xsl:if><xsl:if test="@cpu_share"><xsl:value-of select="@cpu"/></xsl:if></xsl:with-param></xsl:call-template>
    </dl>
    <p class="muted"><xsl:value-of select="@instance"/>, <xsl:value-of select="@age-text"/> old, at <time datetime="{@time}"><xsl:value-of select="@time-text"/></time> UTC,
      as <code><xsl:value-of select="@path"/></code> says.</p>
  </xsl:template>

  <xsl:template name="measure">
    <xsl:param name="name"/>
    <xsl:param name="value"/>
    <xsl:param name="note"/>
    <xsl:if test="$value != ''">
      <div><dt><xsl:value-of select="$name"/></dt><dd><span class="measure"><xsl:value-of select="$value"/></span><span class="place"><xsl:value-of select="$note"/></span></dd></div>
    </xsl:if>
  </xsl:template>

  <xsl:template match="findings" mode="service">
    <xsl:if test="finding">
      <section aria-labelledby="findings">
        <h2 id="findings">Findings</h2>
        <xsl:apply-templates select="finding" mode="service"/>
        <xsl:call-template name="hidden"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="finding" mode="service">
    <article class="card {@severity}">
      <div class="badges">
        <xsl:call-template name="severity"/><xsl:text> </xsl:text>
        <xsl:call-template name="state"/><xsl:text> </xsl:text>
        <span class="muted"><xsl:value-of select="@class"/>, score <xsl:value-of select="@score"/> of 100</span>
      </div>
      <h3><a href="{@page}"><xsl:value-of select="@summary"/></a></h3>
      <xsl:call-template name="suppression"/>
      <dl class="facts">
        <div><dt>Grows by</dt><dd><xsl:call-template name="growth"/></dd></div>
        <div><dt>Limit reached in</dt><dd><xsl:call-template name="limit"/></dd></div>
        <xsl:call-template name="fact"><xsl:with-param name="name">Waits in</xsl:with-param><xsl:with-param name="value" select="@wait_reason"/></xsl:call-template>
      </dl>
      <p><xsl:value-of select="@remedy"/></p>
    </article>
  </xsl:template>

  <xsl:template match="growth">
    <xsl:if test="site">
      <section aria-labelledby="growth">
        <h3 id="growth">Call sites that gained most</h3>
        <p class="muted">Whether or not a finding came of them. Sizes are about those of the first and of the last quarter of the captures behind the warm-up. Chance: how often something that only wobbles would rise so steadily.</p>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Function</th>
              <th scope="col" class="right">First quarter</th>
              <th scope="col" class="right">Last quarter</th>
              <th scope="col">Grows by</th>
              <th scope="col" class="right">Chance</th>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="site">
              <tr>
                <th scope="row"><code class="place"><xsl:value-of select="@function"/></code><span class="place"><xsl:value-of select="@place"/><xsl:if test="@owner != 'own'"> (<xsl:value-of select="@owner"/>)</xsl:if></span></th>
                <td data-label="First quarter" class="right"><xsl:value-of select="@first-text"/></td>
                <td data-label="Last quarter" class="right"><xsl:value-of select="@last-text"/></td>
                <td data-label="Grows by"><xsl:call-template name="growth"/></td>
                <td data-label="Chance" class="right"><xsl:value-of select="@chance"/></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
        <xsl:if test="@hidden"><p class="muted"><xsl:value-of select="@hidden"/> more gained less.</p></xsl:if>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="gogc">
    <xsl:if test="choice">
      <section aria-labelledby="gogc">
        <h2 id="gogc">What other GOGC would take</h2>
        <p class="muted">
          Peak = live heap &#xD7; (1 + GOGC/100) + stacks + what is not the heap, with the
          <xsl:value-of select="choice[1]/@live-text"/> alive,
          <xsl:value-of select="choice[1]/@stacks-text"/> of stacks and
          <xsl:value-of select="choice[1]/@other-text"/> of other memory of the shown process at
          <time datetime="{choice[1]/@time}"><xsl:value-of select="choice[1]/@time-text"/></time>.
          <xsl:if test="choice[1]/@soft">
            With GOMEMLIMIT=<xsl:value-of select="choice[1]/@soft-text"/><xsl:if test="choice[1]/@is_soft_set = 'no'"> (not set; nine tenths of the limit)</xsl:if>
            the heap is held at that, but never below what is alive.
          </xsl:if>
        </p>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">GOGC</th>
              <th scope="col" class="right">Heap</th>
              <th scope="col" class="right">Peak</th>
              <xsl:if test="choice[1]/@held"><th scope="col" class="right">Peak with GOMEMLIMIT</th></xsl:if>
              <th scope="col" class="right">Collections, against now</th>
              <xsl:if test="choice[1]/@limit"><th scope="col">Limit of <xsl:value-of select="choice[1]/@limit-text"/></th></xsl:if>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="choice">
              <tr>
                <th scope="row"><xsl:value-of select="@gogc"/><xsl:if test="@is_now = 'yes'"> (now)</xsl:if></th>
                <td data-label="Heap" class="right"><xsl:value-of select="@heap-text"/></td>
                <td data-label="Peak" class="right"><xsl:value-of select="@total-text"/></td>
                <xsl:if test="@held"><td data-label="Peak with GOMEMLIMIT" class="right"><xsl:value-of select="@held-text"/></td></xsl:if>
                <td data-label="Collections, against now" class="right">&#xD7; <xsl:value-of select="@often"/></td>
                <xsl:if test="@limit"><td data-label="Limit"><xsl:value-of select="@verdict"/></td></xsl:if>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="stages">
    <xsl:if test="stage">
      <section aria-labelledby="stages">
        <h3 id="stages">How far the judgment came</h3>
        <table class="cards">
          <thead><tr><th scope="col">Layer</th><th scope="col">Status</th><th scope="col">Why</th></tr></thead>
          <tbody>
            <xsl:for-each select="stage">
              <tr>
                <th scope="row"><xsl:value-of select="@layer"/><xsl:text> </xsl:text><span class="muted"><xsl:value-of select="@question"/></span></th>
                <td data-label="Status"><xsl:value-of select="translate(@status, '-', ' ')"/></td>
                <td data-label="Why">
                  <xsl:choose>
                    <xsl:when test="@reason != ''"><xsl:value-of select="@reason"/></xsl:when>
                    <xsl:otherwise><xsl:value-of select="@rows-text"/><xsl:choose><xsl:when test="@rows = 1"> row</xsl:when><xsl:otherwise> rows</xsl:otherwise></xsl:choose> of evidence</xsl:otherwise>
                  </xsl:choose>
                </td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="rules">
    <xsl:if test="rule">
      <section aria-labelledby="rules">
        <h3 id="rules">What other rules would have said</h3>
        <p class="muted">Thresholds as they are used elsewhere, run over the same captures. They make no finding and change none.
          <a href="../rules.html">What they would have said of all services</a>.</p>
        <xsl:if test="rule[@fired &gt; 0]">
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col" class="right">Fired</th>
              <th scope="col">First</th>
              <th scope="col">Of the kill or finding</th>
              <th scope="col">What it said first</th>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="rule[@fired &gt; 0]">
              <tr>
                <th scope="row" class="rule"><code class="place"><xsl:value-of select="@id"/></code><span class="place"><xsl:value-of select="@title"/></span></th>
                <td data-label="Fired" class="right times"><xsl:value-of select="@fired-text"/> of <xsl:value-of select="@looked-text"/></td>
                <td data-label="First"><xsl:if test="@first"><time datetime="{@first}"><xsl:value-of select="@first-text"/></time></xsl:if></td>
                <td data-label="Of the kill or finding" class="lead-time">
                  <xsl:choose>
                    <xsl:when test="@lead"><xsl:value-of select="@lead-text"/> before the kill</xsl:when>
                    <xsl:when test="@delay = 0">fires while it lasts, from its first capture on</xsl:when>
                    <xsl:when test="@delay"><xsl:value-of select="@delay-text"/> after its first capture it fires, too</xsl:when>
                  </xsl:choose>
                </td>
                <td data-label="What it said first"><xsl:value-of select="@detail"/></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
        </xsl:if>
        <xsl:if test="rule[@looked &gt; 0 and @fired = 0]">
          <p class="muted">Silent: <xsl:for-each select="rule[@looked &gt; 0 and @fired = 0]"><xsl:if test="position() &gt; 1">, </xsl:if><code><xsl:value-of select="@id"/></code></xsl:for-each>.</p>
        </xsl:if>
        <xsl:if test="rule[not(@looked &gt; 0)]">
          <p class="muted">Not evaluable with these captures: <xsl:for-each select="rule[not(@looked &gt; 0)]"><xsl:if test="position() &gt; 1">; </xsl:if><code><xsl:value-of select="@id"/></code><xsl:if test="@reason != ''"><xsl:text> </xsl:text><xsl:value-of select="@reason"/></xsl:if></xsl:for-each>.</p>
        </xsl:if>
        <xsl:call-template name="hidden"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="lives">
    <xsl:if test="life">
      <section aria-labelledby="lives">
        <h3 id="lives">Lives of its processes</h3>
        <p class="muted">A trend never runs across a restart.</p>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Instance</th>
              <th scope="col">Build</th>
              <th scope="col">Known by</th>
              <th scope="col">First capture</th>
              <th scope="col" class="right">Watched</th>
              <th scope="col" class="right">Captures</th>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="life">
              <tr>
                <th scope="row"><xsl:value-of select="@instance"/><xsl:if test="not(@instance != '')"><span class="muted">not named</span></xsl:if><xsl:if test="@life &gt; 1"> (life <xsl:value-of select="@life"/>)</xsl:if></th>
                <td data-label="Build" class="long"><xsl:value-of select="@build"/></td>
                <td data-label="Known by"><xsl:value-of select="@begun_by"/></td>
                <td data-label="First capture"><time datetime="{@first}"><xsl:value-of select="@first-text"/></time></td>
                <td data-label="Watched" class="right"><xsl:choose><xsl:when test="@watched = 0">once</xsl:when><xsl:otherwise><xsl:value-of select="@watched-text"/></xsl:otherwise></xsl:choose></td>
                <td data-label="Captures" class="right"><xsl:value-of select="@captures-text"/></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
        <xsl:call-template name="hidden"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="kinds" mode="service">
    <section aria-labelledby="kinds">
      <h3 id="kinds">What was captured</h3>
      <table class="cards">
        <thead><tr><th scope="col">Kind</th><th scope="col" class="right">Captures</th><th scope="col">First</th><th scope="col">Last</th></tr></thead>
        <tbody>
          <xsl:for-each select="kind">
            <tr>
              <th scope="row"><xsl:value-of select="@kind"/><xsl:if test="@variant != ''"> (<xsl:value-of select="@variant"/>)</xsl:if></th>
              <td data-label="Captures" class="right"><xsl:value-of select="@captures-text"/></td>
              <td data-label="First"><xsl:value-of select="@first-text"/></td>
              <td data-label="Last"><xsl:value-of select="@last-text"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </section>
  </xsl:template>

  <xsl:template match="files">
    <xsl:if test="file">
      <details>
        <summary>The newest captures, one by one</summary>
        <table class="cards">
          <thead><tr><th scope="col">Time</th><th scope="col">Kind</th><th scope="col">Instance</th><th scope="col">Build</th><th scope="col" class="right">Size</th><th scope="col">Hash</th><th scope="col">File</th></tr></thead>
          <tbody>
            <xsl:for-each select="file">
              <tr>
                <th scope="row"><xsl:choose><xsl:when test="@time"><time datetime="{@time}"><xsl:value-of select="@time-text"/></time></xsl:when><xsl:otherwise>not known</xsl:otherwise></xsl:choose></th>
                <td data-label="Kind"><xsl:value-of select="@kind"/><xsl:if test="@variant != ''"> (<xsl:value-of select="@variant"/>)</xsl:if></td>
                <td data-label="Instance" class="long"><xsl:value-of select="@instance"/></td>
                <td data-label="Build"><xsl:value-of select="@build"/></td>
                <td data-label="Size" class="right"><xsl:value-of select="@size-text"/></td>
                <td data-label="Hash"><code><xsl:value-of select="@hash"/></code></td>
                <td data-label="File" class="long small"><xsl:value-of select="@path"/><xsl:if test="@reason != ''"><span class="place"><xsl:if test="@is_left_out = 1">left out: </xsl:if><xsl:value-of select="@reason"/></span></xsl:if></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
        <xsl:call-template name="hidden"/>
      </details>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
