"""Questions on notices, plans and opinions, which have no articles (suite `notices`)."""
