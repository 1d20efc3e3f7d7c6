# Training on the trainer module's cluster: the manifests of runners/trainer/kubernetes with the project's names in them.
locals {
  folder = "${path.module}/../../../runners/trainer/kubernetes"
  files  = ["settings.yaml", "storage.yaml", "train-${var.size}.yaml"]

  documents = flatten([
    for file in local.files : [
      for text in split("\n---\n", file("${local.folder}/${file}")) :
      yamldecode(replace(replace(replace(text,
        "registry.example.com/bisift-trainer:0.1.0", var.image),
        "bisift-trainer@PROJECT.iam.gserviceaccount.com", var.service_account),
      "BUCKET", var.data_bucket))
    ]
  ])

  job = "bisift-train-${var.size}"
}

resource "kubernetes_manifest" "this" {
  for_each = { for document in local.documents : "${document.kind}/${document.metadata.name}" => document }

  manifest = merge(each.value, { metadata = merge(each.value.metadata, { namespace = var.namespace }) })

  # what the cluster adds of its own
  computed_fields = ["metadata.labels", "metadata.annotations", "spec.template.metadata.labels"]

  # a job cannot be changed; one that is over may be replaced: terraform apply -replace
  timeouts {
    create = "10m"
    delete = "40m" # the trainer may take half an hour to leave a checkpoint
  }
}
