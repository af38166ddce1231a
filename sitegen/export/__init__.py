"""Files for machines: data twins, their schemas, sitemap, manifest."""
