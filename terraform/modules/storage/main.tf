# What people keep: annotations, pictures, sets, models, templates.
resource "google_storage_bucket" "data" {
  project                     = var.project
  name                        = "${var.prefix}-data"
  location                    = var.location
  storage_class               = "STANDARD"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false
  labels                      = var.labels

  # a manifest that --force replaced can be had back
  versioning {
    enabled = true
  }

  # the shards that went with it are large, and can be made again from the manifest's parameters
  lifecycle_rule {
    condition {
      days_since_noncurrent_time = var.old_data_days
      matches_suffix             = [".jsonl", ".gz", ".zst", ".tar", ".parquet", ".safetensors"]
      with_state                 = "ARCHIVED"
    }
    action {
      type = "Delete"
    }
  }

  lifecycle_rule {
    condition {
      num_newer_versions = var.manifest_versions
      with_state         = "ARCHIVED"
    }
    action {
      type = "Delete"
    }
  }

  lifecycle_rule {
    condition {
      age = 2
    }
    action {
      type = "AbortIncompleteMultipartUpload"
    }
  }

  # a rule names prefixes and no wildcards, so the sets are named
  dynamic "lifecycle_rule" {
    for_each = length(var.rejected_sets) == 0 ? [] : [1]

    content {
      condition {
        age            = var.rejected_days
        matches_prefix = [for set in var.rejected_sets : "${trim(set, "/")}/rejected/"]
      }
      action {
        type = "Delete"
      }
    }
  }
}

# What jobs stage, and leave behind when they are killed.
resource "google_storage_bucket" "temp" {
  project                     = var.project
  name                        = "${var.prefix}-temp"
  location                    = var.location
  storage_class               = "STANDARD"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = true
  labels                      = var.labels

  # kept for a week more otherwise, and paid for
  soft_delete_policy {
    retention_duration_seconds = 0
  }

  lifecycle_rule {
    condition {
      age = var.temp_days
    }
    action {
      type = "Delete"
    }
  }
}
