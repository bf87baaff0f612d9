"""Is it any good: cases, metrics, runs, reports, benchmarks."""
