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

variable "release" {
  description = "Version of templates and images."
  type        = string
  default     = "0.1.0"
}

variable "rejected_sets" {
  description = "Sets whose rejected records go after a month, such as sets/bis-10."
  type        = list(string)
  default     = []
}

variable "run_jobs" {
  description = "Whether this apply starts the jobs; the templates must have been built."
  type        = bool
  default     = false
}

variable "jobs" {
  description = "Batch jobs, by name; see the dataflow module."
  type = map(object({
    template     = string
    parameters   = map(string)
    machine_type = optional(string)
    max_workers  = optional(number)
    gpu          = optional(string)
  }))
  default = {}
}

variable "streams" {
  description = "Streams that are kept running, by name; see the dataflow module."
  type = map(object({
    parameters   = map(string)
    machine_type = optional(string)
    max_workers  = optional(number)
  }))
  default = {}
}

variable "messages" {
  description = "Topics for rollouts and for the versions of growing sets; see the messages module. Null: none."
  type = object({
    annotators     = optional(list(string), [])
    retention_days = optional(number, 7)
    growing_sets   = optional(list(string), [])
  })
  default = null
}

variable "kubernetes" {
  description = "The cluster with GPUs; see the trainer module. Null: none."
  type = object({
    zone         = string
    machine_type = optional(string)
  })
  default = null
}

variable "cloud_run" {
  description = "The light training job; see the trainer module. Null: none."
  type = object({
    model   = string
    set     = string
    images  = string
    output  = string
    hours   = optional(number)
    options = optional(list(string))
  })
  default = null
}

variable "mails" {
  description = "Who is told of alerts by mail."
  type        = list(string)
  default     = []
}

variable "rejected_share" {
  description = "Share of rejected records above which there is an alert."
  type        = number
  default     = 0.05
}

variable "budget" {
  description = "Monthly budget; see the monitoring module. Null: none."
  type = object({
    billing_account = string
    amount          = number
    currency        = optional(string)
  })
  default = null
}
