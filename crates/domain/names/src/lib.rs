//! Names that look like the names one protects, and the certificate logs where they first appear.
