# What jobs and streams are given is held against what their templates say of themselves: the files that the templates are built
# with. Before Terraform 1.9 a variable cannot be held against anything but itself, so an output refuses what is wrong (outputs.tf).
locals {
  # template → parameter → whether it must be given, and the patterns that its value has to fit
  metadata = {
    for template in local.templates : template => {
      for parameter in jsondecode(file("${path.module}/../../../runners/dataflow/templates/${template}.json")).parameters : parameter.name => {
        required = !parameter.isOptional
        patterns = concat(
          try(parameter.regexes, []),
          try(["^(${join("|", parameter.enumOptions[*].value)})$"], []),
          parameter.paramType == "BOOLEAN" ? ["^(true|false)$"] : [],
        )
      }
    }
  }

  given = concat(
    [for name, job in var.jobs : { what = "job ${name}", template = job.template, parameters = job.parameters }],
    [for name, stream in var.streams : { what = "stream ${name}", template = "stream", parameters = stream.parameters }],
  )

  wrong = flatten([
    for job in local.given : [
      [
        for parameter in keys(job.parameters) : "${job.what}: ${job.template} has no parameter ${parameter}"
        if !contains(keys(local.metadata[job.template]), parameter)
      ],
      [
        for parameter, rules in local.metadata[job.template] : "${job.what}: ${job.template} needs ${parameter}"
        if rules.required && !contains(keys(job.parameters), parameter)
      ],
      [
        for parameter, value in job.parameters : "${job.what}: ${parameter} cannot be ${value}"
        if !alltrue([for pattern in try(local.metadata[job.template][parameter].patterns, []) : can(regex(pattern, value))])
      ],
    ]
  ])
}
