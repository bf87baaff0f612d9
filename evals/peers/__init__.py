"""The retriever beside what people would otherwise use: same documents, questions, model, run."""
