variable "project" {
  description = "Google Cloud project."
  type        = string
}

variable "prefix" {
  description = "What the buckets' names begin with; names of buckets are the whole world's, so a project's id is a good one."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{2,56}$", var.prefix))
    error_message = "The prefix has 3 to 57 small letters, digits and hyphens."
  }
}

variable "location" {
  description = "Where the data lies: the jobs' region, such as us-central1; from another one every read would be paid for."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9-]+$", var.location))
    error_message = "A location is a region or a multi-region, such as us-central1 or US."
  }
}

variable "labels" {
  description = "Labels of both buckets."
  type        = map(string)
  default     = {}
}

variable "temp_days" {
  description = "Days after which temporary files go; longer than any job runs."
  type        = number
  default     = 7

  validation {
    condition     = var.temp_days >= 1
    error_message = "Temporary files are kept for a day at least."
  }
}

variable "old_data_days" {
  description = "Days after which replaced shards go."
  type        = number
  default     = 7

  validation {
    condition     = var.old_data_days >= 1
    error_message = "Replaced shards are kept for a day at least."
  }
}

variable "manifest_versions" {
  description = "How many replaced versions of a manifest are kept."
  type        = number
  default     = 50

  validation {
    condition     = var.manifest_versions >= 1
    error_message = "At least one version is kept."
  }
}

variable "rejected_sets" {
  description = "Sets, such as sets/bis-10, whose rejected records go after rejected_days. Such a set cannot be checked as complete any more."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for set in var.rejected_sets : !startswith(set, "gs://") && trim(set, "/") != ""])
    error_message = "A set is named by its folder within the data bucket, such as sets/bis-10."
  }
}

variable "rejected_days" {
  description = "Days after which the rejected records of rejected_sets go."
  type        = number
  default     = 30

  validation {
    condition     = var.rejected_days >= 1
    error_message = "Rejected records are kept for a day at least."
  }
}
