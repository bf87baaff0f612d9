"""Questions over national and local statutes, in all forms that are asked."""
