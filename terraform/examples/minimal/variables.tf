variable "project" {
  description = "Google Cloud project; its id is also what the buckets' names begin with."
  type        = string
}

variable "region" {
  description = "Where everything is."
  type        = string
  default     = "us-central1"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]$", var.region))
    error_message = "A region is named like us-central1."
  }
}

variable "launchers" {
  description = "Who may build images, start jobs and fill the buckets: user:me@example.com, group:team@example.com."
  type        = list(string)
  default     = []
}
