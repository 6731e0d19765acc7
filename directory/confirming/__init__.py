"""“Masih berjalan?”: the owner's editors say, every year, whether an innovation still runs."""
