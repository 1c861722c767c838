"""The names of events, for who listens: triggers of deployments here, automations of users elsewhere."""

from __future__ import annotations

FEED_POLLED = "marsad.feed.polled"
FEED_FAILING = "marsad.feed.failing"
# Something other than the schedule asks for the feeds to be looked at: a push from a hub.
FEED_PUSHED = "marsad.feed.pushed"
ARTICLES_LANDED = "marsad.articles.landed"
CLAIMS_LANDED = "marsad.claims.landed"
EVENT_CHANGED = "marsad.event.changed"
SPIKE_DETECTED = "marsad.spike.detected"
