"""What leaves the site for other programs: exports, feeds, sitemap, metadata of pages."""
