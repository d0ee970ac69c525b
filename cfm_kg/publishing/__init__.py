"""The explorer as files: a site for any web host, and a report on one page."""

from cfm_kg.publishing.site import Published, publish

__all__ = ["Published", "publish"]
