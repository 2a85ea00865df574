<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- One finding: the page that people link to. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="page[@kind = 'finding']" mode="title">
    <xsl:value-of select="head/@service"/>: <xsl:value-of select="head/@class"/> leak
  </xsl:template>

  <xsl:template match="page[@kind = 'finding']" mode="body">
    <xsl:call-template name="breadcrumb">
      <xsl:with-param name="service" select="head/@service"/>
      <xsl:with-param name="service_page" select="head/@service_page"/>
      <xsl:with-param name="here" select="head/@id"/>
    </xsl:call-template>
    <xsl:apply-templates select="head" mode="finding"/>
    <div class="beside">
      <div>
        <section class="remedy" aria-labelledby="remedy">
          <h2 id="remedy">What to do</h2>
          <xsl:apply-templates select="head/remedy/p" mode="lines"/>
          <xsl:if test="head/@outlook != ''">
            <h2 id="outlook">When it hurts</h2>
            <p><xsl:value-of select="head/@outlook"/></p>
          </xsl:if>
        </section>
        <xsl:apply-templates select="source" mode="finding"/>
        <xsl:apply-templates select="figure"/>
        <xsl:if test="figure and count(head/instances/item) &gt; 6">
          <p class="muted">The picture has the six instances that hold most, of <xsl:value-of select="count(head/instances/item)"/>.</p>
        </xsl:if>
        <section aria-labelledby="why">
          <h2 id="why">Why we think so</h2>
          <xsl:for-each select="why/reason">
            <p>
              <xsl:value-of select="@text"/>
              <xsl:for-each select="evidence/item"><xsl:text> </xsl:text><a class="ref" href="#evidence-{.}">[<xsl:value-of select="."/>]</a></xsl:for-each>
              <xsl:if test="@more &gt; 0"><xsl:text> </xsl:text><span class="muted">and <xsl:value-of select="@more-text"/> more</span></xsl:if>
            </p>
          </xsl:for-each>
        </section>
      </div>
      <section aria-labelledby="ticket">
        <h2 id="ticket">For a ticket</h2>
        <pre class="ticket" tabindex="0"><xsl:for-each select="ticket/block/text/p"><xsl:value-of select="."/><xsl:text>&#10;</xsl:text></xsl:for-each></pre>
      </section>
    </div>
    <xsl:apply-templates select="icicle"/>
    <xsl:apply-templates select="counter"/>
    <xsl:apply-templates select="evidence"/>
    <xsl:apply-templates select="places"/>
    <xsl:apply-templates select="callers"/>
    <xsl:apply-templates select="captures"/>
    <xsl:apply-templates select="history"/>
    <p class="muted">What rules of others would have said: <a href="{head/@service_page}#rules">of this service</a>,
      <a href="../rules.html">of all services</a>.</p>
  </xsl:template>

  <!-- The line in the source, or why it is not shown; nothing when no source was given. -->
  <xsl:template match="source" mode="finding">
    <xsl:if test="line or ../head/@source_note">
      <section aria-labelledby="source">
        <h2 id="source">The line</h2>
        <xsl:choose>
          <xsl:when test="line">
            <p class="place"><xsl:value-of select="../head/@source_path"/></p>
            <pre class="source" tabindex="0"><xsl:for-each select="line"><xsl:choose>
              <xsl:when test="@is_line = 'yes'"><mark><span class="gutter"><xsl:text>&gt; </xsl:text><xsl:value-of select="@number"/></span><xsl:text> </xsl:text><xsl:value-of select="@text"/></mark></xsl:when>
              <xsl:otherwise><span class="gutter"><xsl:text>&#160; </xsl:text><xsl:value-of select="@number"/></span><xsl:text> </xsl:text><xsl:value-of select="@text"/></xsl:otherwise>
            </xsl:choose><xsl:text>&#10;</xsl:text></xsl:for-each></pre>
          </xsl:when>
          <xsl:otherwise><p>Not shown, for the source that was given does not match the build: <xsl:value-of select="../head/@source_note"/>.</p></xsl:otherwise>
        </xsl:choose>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="head" mode="finding">
    <div class="badges">
      <xsl:call-template name="severity"/><xsl:text> </xsl:text><xsl:call-template name="state"/>
    </div>
    <h1 class="sentence"><xsl:value-of select="@summary"/></h1>
    <xsl:call-template name="suppression"/>
    <section class="verdict {@severity}" aria-label="Verdict">
      <dl class="facts">
        <div class="wide">
          <dt>Line</dt>
          <dd>
            <xsl:choose>
              <xsl:when test="@function != ''"><code><xsl:value-of select="@function"/></code><br/><xsl:value-of select="@file"/><xsl:if test="@line">:<xsl:value-of select="@line"/></xsl:if></xsl:when>
              <xsl:otherwise>the service as a whole</xsl:otherwise>
            </xsl:choose>
          </dd>
        </div>
        <xsl:call-template name="fact"><xsl:with-param name="name">Kind of leak</xsl:with-param><xsl:with-param name="value" select="@class"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">Waits in</xsl:with-param><xsl:with-param name="value" select="@wait_reason"/></xsl:call-template>
        <xsl:if test="@growth">
          <div><dt>Grows by</dt><dd><xsl:call-template name="growth"/></dd></div>
        </xsl:if>
        <xsl:if test="@objects">
          <div>
            <dt><xsl:choose><xsl:when test="@kind = 'goroutines'">Goroutines</xsl:when><xsl:when test="@kind = 'service'">Number</xsl:when><xsl:otherwise>Objects</xsl:otherwise></xsl:choose></dt>
            <dd><span class="number"><xsl:if test="@objects &gt; 0">+</xsl:if><xsl:value-of select="@objects-text"/>/<xsl:value-of select="@per"/></span>
              <xsl:if test="@objects_low"><xsl:text> </xsl:text><span class="interval"><xsl:value-of select="@objects_low-text"/> to <xsl:value-of select="@objects_high-text"/></span></xsl:if></dd>
          </div>
        </xsl:if>
        <div><dt>Limit reached in</dt><dd><xsl:call-template name="limit"/></dd></div>
        <xsl:if test="@last or @last_objects">
          <div><dt>Lately, about</dt><dd><xsl:choose><xsl:when test="@last"><xsl:value-of select="@last-text"/></xsl:when><xsl:otherwise><xsl:value-of select="@last_objects-text"/><xsl:if test="@kind = 'goroutines'"> goroutines</xsl:if></xsl:otherwise></xsl:choose></dd></div>
        </xsl:if>
        <div><dt>Seen</dt><dd><time datetime="{@first_seen}"><xsl:value-of select="@first_seen-text"/></time> to <time datetime="{@last_seen}"><xsl:value-of select="@last_seen-text"/></time></dd></div>
        <xsl:call-template name="fact"><xsl:with-param name="name">Since build</xsl:with-param><xsl:with-param name="value" select="@first_bad_build"/></xsl:call-template>
        <div><dt>Confidence</dt><dd><span class="number"><xsl:value-of select="@score"/></span> of 100<xsl:if test="@cap_reason != ''"><span class="place">the evidence adds up to <xsl:value-of select="@uncapped_score"/>, but <xsl:value-of select="@cap_reason"/></span></xsl:if></dd></div>
        <xsl:if test="instances/item">
          <div class="wide"><dt>Instances</dt><dd><xsl:for-each select="instances/item"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="."/></xsl:for-each></dd></div>
        </xsl:if>
        <xsl:if test="keywords/item">
          <div class="wide"><dt>Keywords</dt><dd><xsl:for-each select="keywords/item"><xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if><code><xsl:value-of select="."/></code></xsl:for-each></dd></div>
        </xsl:if>
      </dl>
    </section>
  </xsl:template>

  <xsl:template match="evidence">
    <section aria-labelledby="evidence">
      <h2 id="evidence">Evidence</h2>
      <p class="muted">Each point is what one analyzer saw. Of several of one kind the strongest counts.</p>
      <ol class="evidence">
        <xsl:apply-templates select="term[@is_counted = 1 and @points &gt; 0]"/>
      </ol>
      <xsl:if test="term[not(@is_counted = 1 and @points &gt; 0)]">
        <details>
          <summary>What was seen too and adds nothing to the score: <xsl:value-of select="count(term[not(@is_counted = 1 and @points &gt; 0)])"/></summary>
          <ol class="evidence">
            <xsl:apply-templates select="term[not(@is_counted = 1 and @points &gt; 0)]"/>
          </ol>
        </details>
      </xsl:if>
      <xsl:apply-templates select="../terms"/>
      <xsl:if test="../head/@classic_score">
        <p class="muted">The classic formula (age, depth and frequency) would say <xsl:value-of select="../head/@classic_score"/> %. It decides nothing here.</p>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template match="term">
    <li id="evidence-{@number}">
      <xsl:attribute name="class"><xsl:choose><xsl:when test="@is_counted = 1 and @points &gt; 0">counted</xsl:when><xsl:when test="@is_counted = 0">uncounted</xsl:when><xsl:otherwise>context</xsl:otherwise></xsl:choose></xsl:attribute>
      <div class="term">
        <span class="muted">[<xsl:value-of select="@number"/>]<xsl:for-each select="others/item"><xsl:text> </xsl:text><span id="evidence-{.}">[<xsl:value-of select="."/>]</span></xsl:for-each></span><xsl:text> </xsl:text>
        <strong><xsl:choose><xsl:when test="@title"><xsl:value-of select="@title"/></xsl:when><xsl:otherwise><xsl:value-of select="@analyzer"/></xsl:otherwise></xsl:choose></strong>
        <span class="muted">
          <xsl:choose>
            <xsl:when test="@is_counted = 1 and @points &gt; 0">weight <xsl:value-of select="@weight-text"/> &#xD7; strength <xsl:value-of select="@strength-text"/></xsl:when>
            <xsl:when test="@points &gt; 0">not counted: a stronger one of its kind is</xsl:when>
            <xsl:otherwise>context, adds nothing</xsl:otherwise>
          </xsl:choose>
        </span>
      </div>
      <p>
        <xsl:value-of select="@detail"/>
        <xsl:if test="@class"><span class="muted"> (says: <xsl:value-of select="@class"/>)</span></xsl:if>
        <xsl:if test="@place != '' and @place != concat(../../head/@file, ':', ../../head/@line)"><span class="place">about <xsl:value-of select="@place"/></span></xsl:if>
      </p>
      <details>
        <summary>How this is known<xsl:if test="@captures &gt; 0">: <xsl:call-template name="number-of"><xsl:with-param name="n" select="@captures"/><xsl:with-param name="text" select="@captures-text"/><xsl:with-param name="one">capture</xsl:with-param><xsl:with-param name="many">captures</xsl:with-param></xsl:call-template>, one query</xsl:if></summary>
        <dl class="facts">
          <xsl:call-template name="fact"><xsl:with-param name="name">Why it tells</xsl:with-param><xsl:with-param name="value" select="@why"/></xsl:call-template>
          <xsl:call-template name="fact"><xsl:with-param name="name">What it cannot see</xsl:with-param><xsl:with-param name="value" select="@blind_spot"/></xsl:call-template>
          <xsl:call-template name="fact"><xsl:with-param name="name">Source</xsl:with-param><xsl:with-param name="value" select="@source"/></xsl:call-template>
          <xsl:call-template name="fact"><xsl:with-param name="name">Place</xsl:with-param><xsl:with-param name="value" select="@place"/></xsl:call-template>
        </dl>
        <xsl:if test="numbers/item"><p class="small">Its numbers: <xsl:for-each select="numbers/item"><code><xsl:value-of select="."/></code><xsl:if test="position() &lt; last()">, </xsl:if></xsl:for-each></p></xsl:if>
        <xsl:if test="paths/item"><p class="small">Newest captures behind it: <xsl:for-each select="paths/item"><code><xsl:value-of select="."/></code><xsl:if test="position() &lt; last()">, </xsl:if></xsl:for-each><xsl:if test="@captures &gt; count(paths/item)"> and older ones</xsl:if></p></xsl:if>
        <xsl:if test="query != ''">
          <p class="small">The query; <code>leakledger analyze --rule <xsl:value-of select="@analyzer"/></code> runs it again:</p>
          <pre class="sql" tabindex="0"><code><xsl:value-of select="query"/></code></pre>
        </xsl:if>
      </details>
    </li>
  </xsl:template>

  <xsl:template match="terms">
    <xsl:if test="sum">
      <h3 id="score">How the score adds up</h3>
      <p class="muted">Each line takes away its share of the doubt that is left: score = 100 &#xD7; (1 - product of (1 - weight &#xD7; strength)).</p>
      <table class="numbers sums">
        <thead><tr><th scope="col">Evidence</th><th scope="col" class="right">Weight</th><th scope="col" class="right">Strength</th><th scope="col" class="right">Score so far</th></tr></thead>
        <tbody>
          <xsl:for-each select="sum">
            <tr>
              <th scope="row"><a href="#evidence-{@number}">[<xsl:value-of select="@number"/>]</a><xsl:text> </xsl:text><xsl:value-of select="@meaning"/></th>
              <td class="right"><xsl:value-of select="@weight"/></td>
              <td class="right"><xsl:value-of select="@strength"/></td>
              <td class="right"><xsl:value-of select="@score"/></td>
            </tr>
          </xsl:for-each>
          <xsl:if test="../head/@cap_reason != ''">
            <tr><th scope="row">held down: <xsl:value-of select="../head/@cap_reason"/></th><td/><td/><td class="right"><strong><xsl:value-of select="../head/@score"/></strong></td></tr>
          </xsl:if>
        </tbody>
      </table>
    </xsl:if>
  </xsl:template>

  <!-- What would speak against it raises trust, whether it does or does not. -->
  <xsl:template match="counter">
    <section aria-labelledby="counter">
      <h2 id="counter">What could speak against it</h2>
      <table class="cards">
        <thead><tr><th scope="col">Question</th><th scope="col">Answer</th><th scope="col">Does it?</th></tr></thead>
        <tbody>
          <xsl:for-each select="doubt">
            <tr>
              <th scope="row"><xsl:value-of select="@question"/></th>
              <td data-label="Answer"><xsl:value-of select="@answer"/></td>
              <td data-label="Does it?"><xsl:choose>
                <xsl:when test="@is_against = 'yes'"><span class="badge warning"><span aria-hidden="true">&#x25C6;</span> open</span></xsl:when>
                <xsl:otherwise><span class="good"><span aria-hidden="true">&#x2713;</span> no</span></xsl:otherwise>
              </xsl:choose></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
      <xsl:if test="silent">
        <details><summary>Looked at too, and not found here</summary>
        <p class="muted"><xsl:for-each select="silent"><xsl:value-of select="@title"/> (<code><xsl:value-of select="@analyzer"/></code>)<xsl:if test="position() &lt; last()">; </xsl:if></xsl:for-each>.</p></details>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template match="history">
    <xsl:if test="judgment">
      <section aria-labelledby="history">
        <h2 id="history">What each judgment said</h2>
        <table class="cards">
          <thead><tr><th scope="col">Newest capture then</th><th scope="col">State</th><th scope="col">Severity</th><th scope="col" class="right">Score</th><th scope="col">Grows by</th><th scope="col" class="right">In use</th><th scope="col">Limit reached in</th></tr></thead>
          <tbody>
            <xsl:for-each select="judgment">
              <tr>
                <th scope="row"><time datetime="{@judged}"><xsl:value-of select="@judged-text"/></time></th>
                <td data-label="State"><xsl:call-template name="state"/></td>
                <td data-label="Severity"><xsl:call-template name="severity"/></td>
                <td data-label="Score" class="right"><xsl:value-of select="@score"/></td>
                <td data-label="Grows by"><xsl:if test="@growth"><xsl:value-of select="@growth-text"/>/<xsl:value-of select="@per"/></xsl:if><xsl:if test="not(@growth) and @objects"><xsl:value-of select="@objects-text"/>/<xsl:value-of select="@per"/></xsl:if></td>
                <td data-label="In use" class="right"><xsl:choose><xsl:when test="@last"><xsl:value-of select="@last-text"/></xsl:when><xsl:otherwise><xsl:value-of select="@last_objects-text"/></xsl:otherwise></xsl:choose></td>
                <td data-label="Limit reached in"><xsl:value-of select="@limit_in-text"/></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
        <xsl:call-template name="hidden"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="places">
    <xsl:if test="count(place) &gt; 1">
      <section aria-labelledby="places">
        <h2 id="places">Places that grow together</h2>
        <table class="cards">
          <thead><tr><th scope="col">Function</th><th scope="col">What</th><th scope="col">Grows by</th></tr></thead>
          <tbody>
            <xsl:for-each select="place">
              <tr>
                <th scope="row"><code class="place"><xsl:value-of select="@function"/></code><span class="place"><xsl:value-of select="@place"/></span></th>
                <td data-label="What"><xsl:value-of select="@kind"/><xsl:if test="@class != ''">, <xsl:value-of select="@class"/></xsl:if></td>
                <td data-label="Grows by">
                  <xsl:if test="@growth"><xsl:value-of select="@growth-text"/>/<xsl:value-of select="@per"/></xsl:if>
                  <xsl:if test="@objects"><xsl:if test="@growth">, </xsl:if><xsl:value-of select="@objects-text"/><xsl:choose><xsl:when test="@kind = 'goroutines'"> goroutines</xsl:when><xsl:otherwise> objects</xsl:otherwise></xsl:choose>/<xsl:value-of select="@per"/></xsl:if>
                </td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="callers">
    <xsl:if test="caller">
      <section aria-labelledby="callers">
        <h2 id="callers">Who calls it</h2>
        <p class="muted">Your functions on the stacks of this line, with what these stacks gained from the first to the last heap
          profile that counts, all processes added up. Who is on all of them owns the growth; who has a part of it owns that part.</p>
        <table class="cards">
          <thead><tr><th scope="col">Function</th><th scope="col">Calls away</th><th scope="col">Gained</th><th scope="col">Share</th></tr></thead>
          <tbody>
            <xsl:for-each select="caller">
              <tr>
                <th scope="row"><code class="place"><xsl:value-of select="@function"/></code></th>
                <td data-label="Calls away"><xsl:value-of select="@calls-text"/></td>
                <td data-label="Gained"><xsl:value-of select="@gain-text"/></td>
                <td data-label="Share"><xsl:value-of select="@share"/> %</td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="captures">
    <xsl:if test="pair">
      <section aria-labelledby="captures">
        <h2 id="captures">See for yourself</h2>
        <p class="muted">First and last of the captures that count, in the directory that was read.</p>
        <xsl:for-each select="pair">
          <h3><xsl:value-of select="@kind"/><xsl:if test="@instance != ''">, <xsl:value-of select="@instance"/></xsl:if>: <xsl:value-of select="@captures-text"/><xsl:choose><xsl:when test="@captures = 1"> capture</xsl:when><xsl:otherwise> captures</xsl:otherwise></xsl:choose></h3>
          <pre tabindex="0"><code><xsl:choose>
            <xsl:when test="@format = 'pprof' and @kind = 'heap' and @first != @last">go tool pprof -sample_index=inuse_space -top -base <xsl:value-of select="@first_quoted"/><xsl:text> </xsl:text><xsl:value-of select="@last_quoted"/></xsl:when>
            <xsl:when test="@format = 'pprof' and @first != @last">go tool pprof -top -base <xsl:value-of select="@first_quoted"/><xsl:text> </xsl:text><xsl:value-of select="@last_quoted"/></xsl:when>
            <xsl:when test="@first != @last">diff <xsl:value-of select="@first_quoted"/><xsl:text> </xsl:text><xsl:value-of select="@last_quoted"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="@first"/></xsl:otherwise>
          </xsl:choose></code></pre>
        </xsl:for-each>
        <h3>The finding for a script</h3>
        <p class="muted">From <code>leakledger.db</code> in the directory; <code>-d LEDGER</code> asks another one.</p>
        <pre tabindex="0"><code>leakledger findings --service <xsl:value-of select="../head/@service_quoted"/> --format jsonl</code></pre>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
