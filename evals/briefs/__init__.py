"""Questions and conversations on the policy briefs that come along."""
