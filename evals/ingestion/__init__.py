"""`policy-assistant eval ingestion`: what goes in, against what stands in the sources."""
