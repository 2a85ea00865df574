<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- All kills of the fleet: those with a post-mortem, and those of processes of which nothing was captured. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:template match="page[@kind = 'kills']" mode="title">Processes that were killed</xsl:template>

  <xsl:template match="page[@kind = 'kills']" mode="body">
    <h1><xsl:value-of select="head/@title"/></h1>
    <xsl:if test="head/@lead != ''"><p class="lead"><xsl:value-of select="head/@lead"/></p></xsl:if>
    <xsl:apply-templates select="incidents"/>
    <xsl:apply-templates select="strangers"/>
  </xsl:template>

  <xsl:template match="strangers">
    <xsl:if test="stranger">
      <section aria-labelledby="strangers">
        <h2 id="strangers">Of which nothing was ever captured</h2>
        <p>No verdict can be given, because of these processes there is no profile, no dump and no MemStats. What stays open of each:</p>
        <ul>
          <li><strong>Where the memory was is not known.</strong> A heap profile now and then names the lines that hold it.</li>
          <li><strong>Whether it rose slowly or at once is not known.</strong> MemStats or heap profiles of its life tell a leak from a burst.</li>
          <li><strong>Whether goroutines piled up is not known.</strong> A goroutine dump names where they wait.</li>
          <li><strong>Since which build is not known.</strong> Captures from before and after a release show it.</li>
        </ul>
        <p class="muted">Captured next time, from <code>/debug/pprof/heap?debug=1</code> and <code>/debug/pprof/goroutine?debug=2</code> every few
          minutes, such a kill has a post-mortem. That holds for programs written in Go; others cannot be read here.</p>
        <xsl:apply-templates select="stranger"/>
        <xsl:call-template name="hidden"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="stranger">
    <section class="verdict error" aria-labelledby="kill-{@id}">
      <h3 id="kill-{@id}"><xsl:value-of select="@name"/><xsl:text>, </xsl:text>
        <xsl:choose><xsl:when test="@died"><time datetime="{@time}"><xsl:value-of select="@died"/></time></xsl:when><xsl:otherwise><strong>when is not known</strong></xsl:otherwise></xsl:choose></h3>
      <dl class="facts">
        <div><dt>Limit</dt><dd><xsl:choose>
          <xsl:when test="@is_limit_missing = 'yes'"><strong>not known</strong><xsl:if test="@limit_words">: <xsl:value-of select="@limit_words"/></xsl:if></xsl:when>
          <xsl:otherwise><xsl:value-of select="@limit_words"/></xsl:otherwise></xsl:choose></dd></div>
        <div><dt>It had</dt><dd><xsl:choose>
          <xsl:when test="@rss &gt; 0"><span class="number"><xsl:value-of select="@rss-text"/></span> resident<span class="place"><xsl:value-of select="@anon-text"/> of its own<xsl:if test="@file &gt; 0">, <xsl:value-of select="@file-text"/> of files</xsl:if><xsl:if test="@shmem &gt; 0">, <xsl:value-of select="@shmem-text"/> shared</xsl:if></span></xsl:when>
          <xsl:otherwise><strong>not known</strong></xsl:otherwise></xsl:choose></dd></div>
        <xsl:call-template name="fact"><xsl:with-param name="name">Charged to its cgroup</xsl:with-param><xsl:with-param name="value" select="@usage-text"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">Address space</xsl:with-param><xsl:with-param name="value" select="@total_vm-text"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">Page tables</xsl:with-param><xsl:with-param name="value" select="@page_tables-text"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">Swapped out</xsl:with-param><xsl:with-param name="value" select="@swap-text"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">Pid</xsl:with-param><xsl:with-param name="value" select="@pid"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">Host</xsl:with-param><xsl:with-param name="value" select="@host"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">Cgroup</xsl:with-param><xsl:with-param name="value" select="@cgroup"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">Pod</xsl:with-param><xsl:with-param name="value" select="@pod"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">Container</xsl:with-param><xsl:with-param name="value" select="@container"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">Exit code</xsl:with-param><xsl:with-param name="value" select="@exit_code"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="name">Restarts</xsl:with-param><xsl:with-param name="value" select="@restarts"/></xsl:call-template>
        <div class="wide"><dt>Told by <xsl:value-of select="@source"/><xsl:if test="@path">, in <xsl:value-of select="@path"/></xsl:if></dt><dd><code class="place"><xsl:value-of select="@text"/></code></dd></div>
      </dl>
      <xsl:variable name="kill" select="@id"/>
      <xsl:if test="/page/tasks/task[@kill = $kill]">
        <table class="numbers">
          <caption>The largest tasks then, as the kernel listed them</caption>
          <thead><tr><th scope="col">Task</th><th scope="col" class="right">Pid</th><th scope="col" class="right">Resident</th><xsl:if test="/page/tasks/task[@kill = $kill]/@swap"><th scope="col" class="right">Swapped out</th></xsl:if><th scope="col" class="right">oom_score_adj</th></tr></thead>
          <tbody>
            <xsl:for-each select="/page/tasks/task[@kill = $kill]">
              <tr>
                <th scope="row"><xsl:value-of select="@name"/><xsl:if test="@is_victim = 'yes'"><strong> (killed)</strong></xsl:if></th>
                <td class="right"><xsl:value-of select="@pid"/></td>
                <td class="right"><xsl:value-of select="@rss-text"/></td>
                <xsl:if test="/page/tasks/task[@kill = $kill]/@swap"><td class="right"><xsl:value-of select="@swap-text"/></td></xsl:if>
                <td class="right"><xsl:value-of select="@oom_score_adj"/></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </xsl:if>
    </section>
  </xsl:template>
</xsl:stylesheet>
