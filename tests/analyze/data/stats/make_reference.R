# SPDX-License-Identifier: Apache-2.0
#
# A second opinion on what R has itself: cor.test, acf, quantile, mad, pbinom, ppois, pnorm. Reads
# the inputs that make_reference.py wrote and writes expected_r.csv in the form of expected.csv.
# Run as described there. Only base R is needed.

points <- read.csv("points.csv", colClasses = "character")
samples <- read.csv("samples.csv")
wanted <- read.csv("expected.csv", colClasses = "character")
rows <- character(0)

put <- function(call, case, value, relative) {
	rows <<- c(rows, sprintf("%s,%s,%.17g,%g", call, case, value, relative))
}

# Times have more digits than a double: take the common head off first.
shift <- function(x) {
	if (all(grepl("^1795[0-9]{15}$", x)))
		return(as.numeric(substr(x, 5, 19)))
	as.numeric(x)
}

# The variance factor of rules A3 and A4 in stats_kendall.c for one stratum.
inflation <- function(r, n) {
	rho <- min(1, max(0, (n * r + 2) / (n - 4)))
	k <- 1:(n - 3)
	1 + 2 / (n * (n - 1) * (n - 2)) * sum((n - k) * (n - k - 1) * (n - k - 2) * rho^k)
}

correlated <- c("captures", "autocorrelated", "autocorrelated_rise", "anticorrelated", "sawtooth",
                "rising_30", "level_30", "level_21", "ties_in_y", "large")

for (case in unique(points$case)) {
	p <- points[points$case == case, ]
	if (length(unique(p$stratum)) > 1 || nrow(p) < 3 || case %in% c("years", "ends_of_time"))
		next
	x <- shift(p$x)
	y <- as.numeric(p$y)
	if (length(unique(x)) < 2 || length(unique(y)) < 2)
		next
	tau <- suppressWarnings(cor.test(x, y, method = "kendall", exact = FALSE))$estimate
	put("kendall_tau", case, tau, 1e-13)
	ties <- anyDuplicated(x) || anyDuplicated(y)
	exact <- !ties && nrow(p) <= 20
	test <- suppressWarnings(cor.test(x, y, method = "kendall", alternative = "greater",
	                                  exact = exact, continuity = TRUE))
	z <- suppressWarnings(cor.test(x, y, method = "kendall", alternative = "greater",
	                               exact = FALSE, continuity = TRUE))$statistic
	put("kendall_z", case, z, 1e-13)
	# With an S of 0 or less R takes the correction from the other side (rule K6). Its exact tail
	# is 1 minus the other one, good to about 1e-15 in itself and not in proportion.
	if (exact && test$p.value > 1e-12)
		put("kendall_p", case, test$p.value, max(1e-12, 1e-14 / test$p.value))
	# Of up to 20 points with equal y R has no exact chance, and leakledger has (rule K5).
	if (!exact && z > 0 && (nrow(p) > 20 || anyDuplicated(x)))
		put("kendall_p", case, test$p.value, 1e-12)

	i <- order(x, y)
	d <- outer(y[i], y[i], "-") / outer(x[i], x[i], "-")
	slopes <- d[lower.tri(d) & outer(x[i], x[i], "-") > 0]
	put("theil_sen", case, median(slopes), 1e-15)
	put("theil_sen_intercept", case, median(y - median(slopes) * (x - min(x))), 1e-12)
	if (case %in% correlated) {
		# The line goes through two points exactly; rounding must not rank those (rule A1).
		rest <- (y[i] - y[i][1]) - median(slopes) * (x[i] - min(x))
		grain <- max(abs(y - y[i][1])) * 2^-40
		r <- acf(rank(round(rest / grain)), lag.max = 1, plot = FALSE)$acf[2]
		factor <- inflation(r, nrow(p))
		if (z > 0 && factor > 1)
			put("kendall_p_corrected", case, pnorm(z / sqrt(factor), lower.tail = FALSE), 1e-10)
	}
}

for (case in unique(samples$case)) {
	y <- samples$y[samples$case == case]
	if (case == "extremes")
		next
	for (p in c(0, 5, 25, 33.3, 50, 90, 95, 99.9, 100))
		put(sprintf("percentile %s", p), case, quantile(y, p / 100, type = 7), 1e-13)
	put("median", case, median(y), 1e-15)
	put("mad", case, mad(y), 1e-14)
	put("robust_iqr", case, IQR(y, type = 7), 1e-13)
}

# R's own tails are good to about 1e-12 in this range; mpmath's are the exact ones.
for (call in wanted$function.[grepl("_tail ", wanted$function.)]) {
	a <- strsplit(call, " ")[[1]]
	n <- as.numeric(a[-1])
	value <- switch(a[1],
		binom_tail = pbinom(n[1] - 1, n[2], n[3], lower.tail = FALSE),
		poisson_tail = ppois(n[1] - 1, n[2], lower.tail = FALSE),
		normal_tail = pnorm(n[1], lower.tail = FALSE))
	if (value == 0 || value > 1e-300)
		put(call, "", value, 1e-9)
}

writeLines(c("function,case,expected,relative", rows), "expected_r.csv")
