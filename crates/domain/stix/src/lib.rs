//! STIX 2.1 objects: read without loss, identified, checked, marked.
