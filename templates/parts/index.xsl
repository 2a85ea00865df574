<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- The fleet: can I trust it, what changed, what hurts first, which line, what to do. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="page[@kind = 'index']" mode="title">
    <xsl:value-of select="head/@title"/>
  </xsl:template>

  <xsl:template match="page[@kind = 'index']" mode="body">
    <h1><xsl:value-of select="head/@title"/></h1>
    <xsl:if test="head/@lead"><p class="lead"><xsl:value-of select="head/@lead"/></p></xsl:if>
    <div class="panels">
      <xsl:apply-templates select="trust"/>
      <xsl:apply-templates select="changes"/>
      <xsl:apply-templates select="head" mode="first"/>
    </div>
    <xsl:apply-templates select="findings" mode="index"/>
    <xsl:apply-templates select="incidents"/>
    <xsl:apply-templates select="suppressed"/>
    <xsl:apply-templates select="services"/>
    <section aria-labelledby="data">
      <h2 id="data">What was captured when</h2>
      <xsl:apply-templates select="figure"/>
      <p><a href="captures.html">Every file that was not read, and why</a></p>
    </section>
    <xsl:apply-templates select="weeks"/>
  </xsl:template>

  <xsl:template match="trust">
    <section class="panel" aria-labelledby="trust">
      <h2 id="trust">Can this be trusted?</h2>
      <xsl:choose>
        <xsl:when test="../counts/@captures = 0 and not(doubt[@is_good = 'no'])">
          <p><span class="sign warning" aria-hidden="true">&#x25C6;</span> <strong>Nothing was read:</strong> there was no file to read.</p>
        </xsl:when>
        <xsl:when test="doubt[@is_good = 'no']">
          <ul class="plain">
            <xsl:for-each select="doubt[@is_good = 'no']">
              <li><span class="sign warning" aria-hidden="true">&#x25C6;</span><span><strong><xsl:value-of select="@number-text"/></strong><xsl:text> </xsl:text><xsl:value-of select="@text"/></span></li>
            </xsl:for-each>
          </ul>
        </xsl:when>
        <xsl:otherwise>
          <p class="good"><span aria-hidden="true">&#x2713;</span> Everything could be read and used, and every instance sent something in the last day of the captures.</p>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:if test="../head/@unjudged &gt; 0">
        <p><strong><xsl:value-of select="../head/@unjudged-text"/></strong><xsl:choose><xsl:when test="../head/@unjudged = 1"> service has</xsl:when><xsl:otherwise> services have</xsl:otherwise></xsl:choose> not enough captures to be judged; the <a href="services.html">table of services</a> says what is missing.</p>
      </xsl:if>
      <p class="muted">
        <xsl:call-template name="number-of"><xsl:with-param name="n" select="../counts/@captures"/><xsl:with-param name="text" select="../counts/@captures-text"/><xsl:with-param name="one">capture</xsl:with-param><xsl:with-param name="many">captures</xsl:with-param></xsl:call-template> from
        <xsl:call-template name="number-of"><xsl:with-param name="n" select="../counts/@files"/><xsl:with-param name="text" select="../counts/@files-text"/><xsl:with-param name="one">file</xsl:with-param><xsl:with-param name="many">files</xsl:with-param></xsl:call-template>,
        <xsl:call-template name="number-of"><xsl:with-param name="n" select="../counts/@services"/><xsl:with-param name="text" select="../counts/@services-text"/><xsl:with-param name="one">service</xsl:with-param><xsl:with-param name="many">services</xsl:with-param></xsl:call-template>,
        <xsl:call-template name="number-of"><xsl:with-param name="n" select="../counts/@instances"/><xsl:with-param name="text" select="../counts/@instances-text"/><xsl:with-param name="one">instance</xsl:with-param><xsl:with-param name="many">instances</xsl:with-param></xsl:call-template><xsl:if test="../head/@since">,
        <time datetime="{../head/@since}"><xsl:value-of select="../head/@since-text"/></time> to
        <time datetime="{../head/@until}"><xsl:value-of select="../head/@until-text"/></time> UTC</xsl:if>.
        <xsl:if test="../counts/@repeats &gt; 0"><xsl:value-of select="../counts/@repeats-text"/> of the captures repeat what an earlier one of
          the same collection shows, and count once. </xsl:if>
        <xsl:if test="../counts/@ignored &gt; 0"><xsl:call-template name="number-of"><xsl:with-param name="n" select="../counts/@ignored"/><xsl:with-param name="text" select="../counts/@ignored-text"/><xsl:with-param name="one">more instance</xsl:with-param><xsl:with-param name="many">more instances</xsl:with-param></xsl:call-template> of
          <xsl:call-template name="number-of"><xsl:with-param name="n" select="../counts/@ignored_services"/><xsl:with-param name="text" select="../counts/@ignored_services-text"/><xsl:with-param name="one">service</xsl:with-param><xsl:with-param name="many">services</xsl:with-param></xsl:call-template>
          are <a href="captures.html#ignored">ignored</a>, as the configuration says. </xsl:if>
        <a href="captures.html">All captures</a>
      </p>
    </section>
  </xsl:template>

  <xsl:template match="changes">
    <section class="panel" aria-labelledby="changes">
      <h2 id="changes">What changed</h2>
      <xsl:apply-templates select="../kills" mode="index"/>
      <xsl:choose>
        <xsl:when test="change">
          <p class="chips">
            <xsl:for-each select="change">
              <span class="chip"><strong><xsl:value-of select="@findings-text"/></strong><xsl:text> </xsl:text><xsl:call-template name="state"/></span><xsl:text> </xsl:text>
            </xsl:for-each>
          </p>
          <xsl:apply-templates select="../moved"/>
        </xsl:when>
        <xsl:otherwise><p>There are no findings, and there were none before.</p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <!-- A kill comes before all findings; the newest by name. -->
  <xsl:template match="kills" mode="index">
    <xsl:if test="@kills &gt; 0">
      <ul class="plain"><li><span class="sign error" aria-hidden="true">&#x2715;</span><span><a class="main" href="kills.html"><xsl:value-of select="@title"/></a>
        <xsl:for-each select="../incidents/incident[@is_seen = 'yes'][1]"><span class="place"><a href="incidents/{@name}.html"><xsl:value-of select="@service"/>, <xsl:value-of select="@died"/></a><xsl:if test="@verdict != ''">: <xsl:value-of select="@verdict"/></xsl:if></span></xsl:for-each></span></li></ul>
    </xsl:if>
  </xsl:template>

  <xsl:template match="moved">
    <xsl:if test="finding">
      <ul class="plain small">
        <xsl:for-each select="finding">
          <li><xsl:call-template name="state"/><span><a href="{@page}"><xsl:value-of select="@service"/>: <xsl:value-of select="@class"/></a></span></li>
        </xsl:for-each>
      </ul>
      <xsl:if test="@hidden"><p class="muted">and <xsl:value-of select="@hidden"/> more, below</p></xsl:if>
    </xsl:if>
  </xsl:template>

  <xsl:template match="head" mode="first">
    <section class="panel" aria-labelledby="first">
      <h2 id="first">What hurts first</h2>
      <xsl:choose>
        <xsl:when test="@page">
          <p><a class="main" href="{@page}"><xsl:value-of select="@service"/></a>
            <xsl:if test="@function != ''"><code class="place"><xsl:value-of select="@function"/></code><span class="place"><xsl:value-of select="@place"/></span></xsl:if></p>
          <dl class="facts tight">
            <div><dt>Grows by</dt><dd><xsl:call-template name="growth"/></dd></div>
            <div><dt>Limit reached in</dt><dd><xsl:call-template name="limit"/></dd></div>
          </dl>
          <p><strong>Do:</strong><xsl:text> </xsl:text><xsl:value-of select="@remedy"/></p>
        </xsl:when>
        <xsl:when test="@services &gt; 0 and @waiting = @services"><p>Nobody can tell: nothing has been judged yet.</p></xsl:when>
        <xsl:when test="@unjudged = @services"><p>Nobody can tell: no service could be judged.</p></xsl:when>
        <xsl:otherwise><p class="good"><span aria-hidden="true">&#x2713;</span> Nothing that is known and not put aside.</p></xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template match="findings" mode="index">
    <xsl:if test="finding">
      <section aria-labelledby="findings">
        <h2 id="findings">Needs attention</h2>
        <p class="muted">By time to the limit, then severity, then growth.
          <xsl:if test="not(finding/@limit_in) and not(finding/@limit)">No memory limit is known of these services, so there is no time to it:
            limits come from captures (cgroup, GOMEMLIMIT), from a table, or from the configuration.</xsl:if>
          <xsl:if test="not(finding/@limit_in) and finding/@limit">No time to a limit can be said yet; the page of each finding says why.</xsl:if></p>
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Where</th>
              <th scope="col">Grows by</th>
              <xsl:if test="finding/@limit_in"><th scope="col">Limit reached in</th></xsl:if>
              <xsl:if test="finding/spark"><th scope="col">Course</th></xsl:if>
              <th scope="col">What to do</th>
              <th scope="col">First seen</th>
            </tr>
          </thead>
          <tbody>
            <xsl:apply-templates select="finding" mode="index"/>
          </tbody>
        </table>
        <xsl:call-template name="hidden"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="finding" mode="index">
    <tr>
      <th scope="row">
        <div class="badges"><xsl:call-template name="severity"/><xsl:text> </xsl:text><xsl:call-template name="state"/></div>
        <a class="main" href="{/page/@base}{@page}"><xsl:value-of select="@service"/>: <xsl:value-of select="@class"/></a>
        <xsl:if test="@function != ''">
          <code class="place"><xsl:value-of select="@function"/></code>
          <span class="place"><xsl:value-of select="@place"/></span>
        </xsl:if>
        <xsl:if test="@wait_reason"><span class="place">waits in <xsl:value-of select="@wait_reason"/></span></xsl:if>
      </th>
      <td data-label="Grows by"><xsl:call-template name="growth"/></td>
      <xsl:if test="../finding/@limit_in"><td data-label="Limit reached in"><xsl:call-template name="limit"/></td></xsl:if>
      <xsl:if test="../finding/spark"><td data-label="Course" class="course"><xsl:apply-templates select="spark"/></td></xsl:if>
      <td data-label="What to do" class="words"><xsl:value-of select="@remedy"/></td>
      <td data-label="First seen" class="small">
        <time datetime="{@first_seen}"><xsl:value-of select="@first_seen-text"/></time>
        <xsl:if test="@first_bad_build != ''"><span class="place">build <xsl:value-of select="@first_bad_build"/></span></xsl:if>
        <xsl:if test="@owner"><span class="place">owner <a href="{/page/@base}{@owner_page}"><xsl:value-of select="@owner"/></a></span></xsl:if>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="suppressed">
    <xsl:if test="finding or ../suppressions/note">
      <section aria-labelledby="suppressed">
        <h2 id="suppressed">Suppressed</h2>
        <xsl:if test="../suppressions/note">
          <ul class="plain">
            <xsl:for-each select="../suppressions/note">
              <li><xsl:value-of select="@text"/></li>
            </xsl:for-each>
          </ul>
        </xsl:if>
        <xsl:if test="finding">
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">Where</th>
                <th scope="col">Why it is suppressed</th>
                <th scope="col">Owner</th>
                <th scope="col">Until</th>
              </tr>
            </thead>
            <tbody>
              <xsl:for-each select="finding">
                <tr>
                  <th scope="row">
                    <div class="badges"><xsl:call-template name="severity"/><xsl:text> </xsl:text><xsl:call-template name="state"/></div>
                    <a class="main" href="{@page}"><xsl:value-of select="@service"/>: <xsl:value-of select="@class"/></a>
                    <xsl:if test="@function != ''">
                      <code class="place"><xsl:value-of select="@function"/></code>
                      <span class="place"><xsl:value-of select="@place"/></span>
                    </xsl:if>
                  </th>
                  <td data-label="Why it is suppressed" class="words"><xsl:value-of select="@suppressed_reason"/><span class="place"><xsl:value-of select="@suppressed_by"/></span></td>
                  <td data-label="Owner"><xsl:value-of select="@suppressed_owner"/></td>
                  <td data-label="Until"><xsl:call-template name="until"/></td>
                </tr>
              </xsl:for-each>
            </tbody>
          </table>
          <xsl:call-template name="hidden"/>
        </xsl:if>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
