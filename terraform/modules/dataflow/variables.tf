variable "project" {
  description = "Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region of the jobs."
  type        = string
}

variable "data_bucket" {
  description = "Bucket of annotations, sets and models; the templates' files lie below its templates/."
  type        = string
}

variable "temp_bucket" {
  description = "Bucket of temporary files."
  type        = string
}

variable "registry" {
  description = "What the images' names begin with."
  type        = string
}

variable "release" {
  description = "Version of the templates and their images."
  type        = string
  default     = "0.1.0"

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{0,40}$", var.release))
    error_message = "A version has small letters, digits, dots and hyphens."
  }
}

variable "service_account" {
  description = "E-mail of the jobs' account."
  type        = string
}

variable "builder" {
  description = "E-mail of the account that builds images."
  type        = string
}

variable "subnetwork" {
  description = "Subnetwork of the workers: regions/REGION/subnetworks/NAME."
  type        = string
}

variable "labels" {
  description = "Labels of the jobs."
  type        = map(string)
  default     = {}
}

variable "run_jobs" {
  description = "Whether jobs are started by terraform apply."
  type        = bool
  default     = false
}

variable "jobs" {
  description = "Batch jobs, by name: the template, its parameters as in runners/dataflow/templates, the workers."
  type = map(object({
    template     = string
    parameters   = map(string)
    machine_type = optional(string, "n2-standard-4")
    max_workers  = optional(number, 10)
    gpu          = optional(string)
  }))
  default = {}

  validation {
    condition     = alltrue([for job in var.jobs : contains(["select", "convert", "evaluate", "rerank"], job.template)])
    error_message = "There are the templates select, convert, evaluate and rerank; a stream belongs into streams."
  }

  validation {
    condition     = alltrue([for name, job in var.jobs : can(regex("^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$", name))])
    error_message = "A job's name has small letters, digits and hyphens."
  }

  validation {
    condition     = alltrue([for job in var.jobs : job.max_workers >= 1 && job.max_workers <= 1000])
    error_message = "A job has 1 to 1000 workers."
  }

  validation {
    condition     = alltrue([for job in var.jobs : job.gpu == null ? true : contains(["evaluate", "rerank"], job.template)])
    error_message = "Only evaluate and rerank have a use for GPUs."
  }
}

variable "streams" {
  description = "Streams that are kept running, by name: the parameters as in runners/dataflow/templates/stream.json, the workers. The template must have been built."
  type = map(object({
    parameters   = map(string)
    machine_type = optional(string, "n2-standard-2")
    max_workers  = optional(number, 4)
  }))
  default = {}

  validation {
    condition     = alltrue([for name, stream in var.streams : can(regex("^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$", name))])
    error_message = "A stream's name has small letters, digits and hyphens."
  }

  validation {
    condition     = length(distinct([for stream in var.streams : trim(lookup(stream.parameters, "output", ""), "/")])) == length(var.streams)
    error_message = "Two streams cannot have one output."
  }

  validation {
    condition     = alltrue([for stream in var.streams : stream.max_workers >= 1 && stream.max_workers <= 1000])
    error_message = "A stream has 1 to 1000 workers."
  }
}
