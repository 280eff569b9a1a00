//! MISP events, feeds and warning lists, and what they are in STIX.
