"""Is the right passage first? Public question sets, ranking metrics, ablation, report."""

from evals.retrieval.dataset import DATASETS
from evals.retrieval.suite import RetrievalSuite

RETRIEVAL_SUITES: tuple[RetrievalSuite, ...] = tuple(map(RetrievalSuite, DATASETS))
"""In the order of issue 4: articles, lay, floor, script, noise."""
