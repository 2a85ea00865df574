<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- One kill: what grew, who waited, what was missing, who would have warned. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="sites" mode="postmortem">
    <xsl:if test="site">
      <section aria-labelledby="grew">
        <h2 id="grew">What grew</h2>
        <xsl:apply-templates select="../compared"/>
        <xsl:if test="not(site/@gain_10m and site/@gain_1h and site/@gain_1d)">
          <p class="muted">No heap profile is<xsl:if test="not(site/@gain_10m)"> ten minutes</xsl:if><xsl:if test="not(site/@gain_10m) and not(site/@gain_1h)">,</xsl:if><xsl:if test="not(site/@gain_1h)"> an hour</xsl:if><xsl:if test="not(site/@gain_1h) and not(site/@gain_1d)"> or</xsl:if><xsl:if test="not(site/@gain_1d)"> a day</xsl:if> older than the last one, so what grew in that time is not known.</p>
        </xsl:if>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Function</th>
              <xsl:if test="site/@first"><th scope="col" class="right">First profile</th></xsl:if>
              <th scope="col" class="right">Last profile</th>
              <xsl:if test="site/@gain"><th scope="col" class="right">Gained</th></xsl:if>
              <xsl:if test="site/@more"><th scope="col" class="right">More than the other at that age</th></xsl:if>
              <xsl:if test="site/@gain_10m"><th scope="col" class="right">Last 10 min</th></xsl:if>
              <xsl:if test="site/@gain_1h"><th scope="col" class="right">Last hour</th></xsl:if>
              <xsl:if test="site/@gain_1d"><th scope="col" class="right">Last day</th></xsl:if>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="site">
              <tr>
                <th scope="row"><code class="place"><xsl:value-of select="@function"/></code><span class="place"><xsl:value-of select="@place"/><xsl:if test="@owner != 'own'"> (<xsl:value-of select="@owner"/>)</xsl:if></span></th>
                <xsl:if test="../site/@first"><td data-label="First profile" class="right"><xsl:value-of select="@first-text"/></td></xsl:if>
                <td data-label="Last profile" class="right"><xsl:value-of select="@last-text"/></td>
                <xsl:if test="../site/@gain"><td data-label="Gained" class="right"><xsl:call-template name="signed"><xsl:with-param name="number" select="@gain"/><xsl:with-param name="text" select="@gain-text"/></xsl:call-template></td></xsl:if>
                <xsl:if test="../site/@more"><td data-label="More than the other" class="right"><xsl:call-template name="signed"><xsl:with-param name="number" select="@more"/><xsl:with-param name="text" select="@more-text"/></xsl:call-template></td></xsl:if>
                <xsl:if test="../site/@gain_10m"><td data-label="Last 10 min" class="right"><xsl:call-template name="signed"><xsl:with-param name="number" select="@gain_10m"/><xsl:with-param name="text" select="@gain_10m-text"/></xsl:call-template></td></xsl:if>
                <xsl:if test="../site/@gain_1h"><td data-label="Last hour" class="right"><xsl:call-template name="signed"><xsl:with-param name="number" select="@gain_1h"/><xsl:with-param name="text" select="@gain_1h-text"/></xsl:call-template></td></xsl:if>
                <xsl:if test="../site/@gain_1d"><td data-label="Last day" class="right"><xsl:call-template name="signed"><xsl:with-param name="number" select="@gain_1d"/><xsl:with-param name="text" select="@gain_1d-text"/></xsl:call-template></td></xsl:if>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
        <xsl:call-template name="unlisted"/>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- "+3 MiB"; what is not there because no profile is so old is "no profile". -->
  <xsl:template name="signed">
    <xsl:param name="number"/>
    <xsl:param name="text"/>
    <xsl:choose>
      <xsl:when test="not($number)"><span class="muted">no profile</span></xsl:when>
      <xsl:otherwise><xsl:if test="$number &gt; 0">+</xsl:if><xsl:value-of select="$text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A table that was cut says so. -->
  <xsl:template name="unlisted">
    <xsl:if test="@hidden"><p class="muted"><xsl:value-of select="@hidden"/> more, not shown here; <code>leakledger postmortem --format json</code> has all.</p></xsl:if>
  </xsl:template>

  <xsl:template match="compared">
    <p>
      <xsl:value-of select="@profiles-text"/> heap profiles of the dead process, the last at
      <time datetime="{@last}"><xsl:value-of select="@last-text"/></time>, <xsl:value-of select="@apart-text"/> after the first.
      <xsl:choose>
        <xsl:when test="@before_start">
          The other is <xsl:value-of select="@before_instance"/><xsl:if test="@before_build">, build <xsl:value-of select="@before_build"/></xsl:if>,
          which started at <time datetime="{@before_start}"><xsl:value-of select="@before_start-text"/></time> and was captured until it was <xsl:value-of select="@before_age-text"/> old;
          <xsl:value-of select="@before_words"/>. It is taken at the age of the last capture here, <xsl:value-of select="@age-text"/>, or as near to that as it came.
        </xsl:when>
        <xsl:otherwise><strong>No other life of the service was captured before: nothing to compare with.</strong></xsl:otherwise>
      </xsl:choose>
    </p>
  </xsl:template>

  <xsl:template match="since">
    <section aria-labelledby="since">
      <h2 id="since">Since when, and which build</h2>
      <xsl:for-each select="sentence"><p><xsl:value-of select="@text"/></p></xsl:for-each>
      <xsl:if test="../lives/life">
        <table class="cards">
          <thead><tr><th scope="col">Life</th><th scope="col">Build</th><th scope="col">Started, UTC</th><th scope="col" class="right">Age at its last capture</th><th scope="col">Live heap</th><th scope="col">Grows by</th><th scope="col">So it</th></tr></thead>
          <tbody>
            <xsl:for-each select="../lives/life">
              <tr>
                <th scope="row"><xsl:value-of select="@instance"/><xsl:if test="@role"><span class="place"><xsl:value-of select="@role"/></span></xsl:if></th>
                <td data-label="Build"><xsl:value-of select="@build"/></td>
                <td data-label="Started, UTC"><time datetime="{@start}"><xsl:value-of select="@start-text"/></time></td>
                <td data-label="Age" class="right"><xsl:value-of select="@age-text"/></td>
                <td data-label="Live heap"><xsl:if test="@first"><xsl:value-of select="@first-text"/> to </xsl:if><xsl:value-of select="@last-text"/></td>
                <td data-label="Grows by"><xsl:call-template name="growth"/></td>
                <td data-label="So it"><xsl:value-of select="@words"/></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
        <xsl:for-each select="../lives"><xsl:call-template name="unlisted"/></xsl:for-each>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template match="goroutines">
    <section aria-labelledby="goroutines">
      <h2 id="goroutines">Goroutines at the end</h2>
      <xsl:choose>
        <xsl:when test="place">
          <table class="cards">
            <thead><tr><th scope="col">Where they stand</th><th scope="col">State</th><th scope="col" class="right">Last</th><th scope="col" class="right">First</th><th scope="col" class="right">The other at that age</th><th scope="col" class="right">Longest wait</th></tr></thead>
            <tbody>
              <xsl:for-each select="place">
                <tr>
                  <th scope="row"><code class="place"><xsl:value-of select="@function"/></code><span class="place"><xsl:value-of select="@place"/></span></th>
                  <td data-label="State"><xsl:value-of select="@state"/><xsl:if test="@leaked"> (<xsl:value-of select="@leaked-text"/> proved leaked)</xsl:if></td>
                  <td data-label="Last" class="right"><xsl:value-of select="@last-text"/></td>
                  <td data-label="First" class="right"><xsl:value-of select="@first-text"/></td>
                  <td data-label="The other" class="right"><xsl:value-of select="@before-text"/></td>
                  <td data-label="Longest wait" class="right"><xsl:choose><xsl:when test="@wait"><xsl:value-of select="@wait-text"/></xsl:when><xsl:when test="@wait_words"><xsl:value-of select="@wait_words"/></xsl:when><xsl:otherwise><span class="muted">not told</span></xsl:otherwise></xsl:choose></td>
                </tr>
              </xsl:for-each>
            </tbody>
          </table>
          <xsl:call-template name="unlisted"/>
        </xsl:when>
        <xsl:otherwise><p><strong>No goroutines of the process were captured.</strong></p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template match="tasks">
    <xsl:if test="task">
      <section aria-labelledby="tasks">
        <h2 id="tasks">What else ran there</h2>
        <table class="cards">
          <thead><tr><th scope="col">Process</th><th scope="col" class="right">Pid</th><th scope="col" class="right">Resident</th><th scope="col" class="right">oom_score_adj</th></tr></thead>
          <tbody>
            <xsl:for-each select="task">
              <tr><th scope="row"><xsl:value-of select="@name"/><xsl:if test="@is_victim = 'yes'"> (the victim)</xsl:if></th><td data-label="Pid" class="right"><xsl:value-of select="@pid"/></td><td data-label="Resident" class="right"><xsl:value-of select="@rss-text"/></td><td data-label="oom_score_adj" class="right"><xsl:value-of select="@oom_score_adj"/></td></tr>
            </xsl:for-each>
          </tbody>
        </table>
        <xsl:call-template name="unlisted"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="gaps">
    <section aria-labelledby="gaps">
      <h2 id="gaps">What is not known</h2>
      <xsl:choose>
        <xsl:when test="gap">
          <ul class="evidence gaps">
            <xsl:for-each select="gap">
              <li>
                <p><strong><xsl:value-of select="@what"/></strong></p>
                <p class="muted">Next time: <xsl:value-of select="@tells"/></p>
              </li>
            </xsl:for-each>
          </ul>
        </xsl:when>
        <xsl:otherwise><p>Nothing that this page looks for is missing.</p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template match="rules" mode="postmortem">
    <section aria-labelledby="warned">
      <h2 id="warned">Who would have warned, and how early</h2>
      <table class="cards">
        <thead><tr><th scope="col">Finding or rule</th><th scope="col" class="right">Before the kill</th><th scope="col">What it said</th></tr></thead>
        <tbody>
          <xsl:for-each select="../findings/finding">
            <tr>
              <th scope="row">our finding <xsl:choose><xsl:when test="@page and not(/page/@alone)"><a href="{@page}"><xsl:value-of select="@id"/></a></xsl:when><xsl:otherwise><xsl:value-of select="@id"/></xsl:otherwise></xsl:choose></th>
              <td data-label="Before the kill" class="right"><xsl:choose><xsl:when test="@lead"><strong><xsl:value-of select="@lead-text"/></strong></xsl:when><xsl:otherwise><xsl:value-of select="@words"/></xsl:otherwise></xsl:choose></td>
              <td data-label="What it said"><xsl:value-of select="@summary"/></td>
            </tr>
          </xsl:for-each>
          <xsl:for-each select="rule[@state = 'warned']">
            <tr>
              <th scope="row"><xsl:value-of select="@id"/><span class="place"><xsl:value-of select="@title"/></span></th>
              <td data-label="Before the kill" class="right"><xsl:value-of select="@lead-text"/></td>
              <td data-label="What it said"><xsl:value-of select="@detail"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
      <xsl:for-each select="../findings"><xsl:call-template name="unlisted"/></xsl:for-each>
      <xsl:if test="rule[@state = 'silent']">
        <p class="muted">Silent: <xsl:for-each select="rule[@state = 'silent']"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="@id"/></xsl:for-each>.</p>
      </xsl:if>
      <xsl:if test="rule[@state = 'cannot be evaluated']">
        <p class="muted">Not evaluable with these captures: <xsl:for-each select="rule[@state = 'cannot be evaluated']"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="@id"/></xsl:for-each>.</p>
      </xsl:if>
      <xsl:if test="not(/page/@alone)">
        <p class="muted"><a href="{/page/@base}rules.html">What these rules would have said of all services</a>.</p>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template match="commands">
    <section aria-labelledby="commands">
      <h2 id="commands">See for yourself</h2>
      <p class="muted">Paths begin in the directory that was read, and <code>leakledger.db</code> is the ledger; with <code>-d LEDGER</code> leakledger asks another one.</p>
      <xsl:for-each select="command"><p><xsl:value-of select="@what"/>:</p><pre><xsl:value-of select="@command"/></pre></xsl:for-each>
    </section>
  </xsl:template>

  <xsl:template match="signs">
    <section aria-labelledby="signs">
      <h2 id="signs">Who tells of it</h2>
      <xsl:for-each select="sign"><p><xsl:value-of select="@source"/>, <time datetime="{@time}"><xsl:value-of select="@told"/></time>, in <code><xsl:value-of select="@path"/></code>:</p><pre><xsl:value-of select="@text"/></pre></xsl:for-each>
      <xsl:call-template name="unlisted"/>
    </section>
  </xsl:template>
</xsl:stylesheet>
