"""Search: from a `StudyQuery` to a `SearchResult`, over one open snapshot."""
