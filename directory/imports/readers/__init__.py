"""First stage: a file as rows. Every reader streams, so that memory stays flat whatever the file's size."""
