# Who the jobs' launcher and workers are. Dataflow's own role can only be given for the project.
resource "google_service_account" "dataflow" {
  project      = var.project
  account_id   = "${var.name}-dataflow"
  display_name = "Bisift: Dataflow's workers"
}

resource "google_project_iam_member" "dataflow_worker" {
  project = var.project
  role    = "roles/dataflow.worker"
  member  = google_service_account.dataflow.member
}

resource "google_storage_bucket_iam_member" "dataflow" {
  # legacyBucketReader: Beam asks what a bucket is like before it uses it
  for_each = {
    for pair in setproduct(["data", "temp"], ["roles/storage.objectUser", "roles/storage.legacyBucketReader"]) :
    join(" ", pair) => { bucket = pair[0] == "data" ? var.data_bucket : var.temp_bucket, role = pair[1] }
  }

  bucket = each.value.bucket
  role   = each.value.role
  member = google_service_account.dataflow.member
}

# Who trains: reads everything, writes models and runs.
resource "google_service_account" "trainer" {
  project      = var.project
  account_id   = "${var.name}-trainer"
  display_name = "Bisift: trainer"
}

resource "google_storage_bucket_iam_member" "trainer_reads" {
  bucket = var.data_bucket
  role   = "roles/storage.objectViewer"
  member = google_service_account.trainer.member
}

resource "google_storage_bucket_iam_member" "trainer_writes" {
  bucket = var.data_bucket
  role   = "roles/storage.objectUser"
  member = google_service_account.trainer.member

  condition {
    title       = "models only"
    description = "Trained models, and nothing else, can be written."
    expression  = "resource.name.startsWith(\"projects/_/buckets/${var.data_bucket}/objects/models/\")"
  }
}

# The pods of runners/trainer/kubernetes are the trainer. The pool of identities is there once a cluster has been.
resource "google_service_account_iam_member" "trainer_pods" {
  count = var.kubernetes == null ? 0 : 1

  service_account_id = google_service_account.trainer.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${var.pool}[${var.kubernetes.namespace}/bisift-trainer]"
}

# What the cluster's machines are: they write logs and fetch images, and cannot read the data.
resource "google_service_account" "nodes" {
  count = var.kubernetes == null ? 0 : 1

  project      = var.project
  account_id   = "${var.name}-nodes"
  display_name = "Bisift: the cluster's nodes"
}

resource "google_project_iam_member" "nodes" {
  count = var.kubernetes == null ? 0 : 1

  project = var.project
  role    = "roles/container.defaultNodeServiceAccount"
  member  = google_service_account.nodes[0].member
}

resource "google_artifact_registry_repository_iam_member" "readers" {
  for_each = merge(
    {
      dataflow = google_service_account.dataflow.member
      trainer  = google_service_account.trainer.member
    },
    var.kubernetes == null ? {} : { nodes = google_service_account.nodes[0].member },
  )

  project    = var.project
  location   = var.region
  repository = var.repository
  role       = "roles/artifactregistry.reader"
  member     = each.value
}

# Who builds images: reads what people send to be built, writes images and logs.
resource "google_service_account" "builder" {
  project      = var.project
  account_id   = "${var.name}-builder"
  display_name = "Bisift: builds of images"
}

resource "google_project_iam_member" "builder_logs" {
  project = var.project
  role    = "roles/logging.logWriter"
  member  = google_service_account.builder.member
}

resource "google_storage_bucket_iam_member" "builder" {
  bucket = var.temp_bucket
  role   = "roles/storage.objectViewer"
  member = google_service_account.builder.member
}

resource "google_artifact_registry_repository_iam_member" "builder" {
  project    = var.project
  location   = var.region
  repository = var.repository
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.builder.member
}

# People who start jobs and builds act as the workers and the builder.
resource "google_service_account_iam_member" "launchers" {
  for_each = {
    for pair in setproduct(["dataflow", "builder"], var.launchers) :
    join(" ", pair) => { account = pair[0] == "dataflow" ? google_service_account.dataflow.name : google_service_account.builder.name, member = pair[1] }
  }

  service_account_id = each.value.account
  role               = "roles/iam.serviceAccountUser"
  member             = each.value.member
}

# They need to start them, too, to look on, and to work on the cluster. None of these roles can be given for less than the project.
resource "google_project_iam_member" "launchers" {
  for_each = {
    for pair in setproduct(concat([
      "roles/dataflow.developer",
      "roles/cloudbuild.builds.editor",
      # gcloud's and Beam's requests are counted as the project's
      "roles/serviceusage.serviceUsageConsumer",
      "roles/logging.viewer",
      "roles/monitoring.viewer",
    ], var.kubernetes == null ? [] : ["roles/container.developer"]), var.launchers) :
    join(" ", pair) => { role = pair[0], member = pair[1] }
  }

  project = var.project
  role    = each.value.role
  member  = each.value.member
}

# They put templates, sources and data where builds and jobs find them. legacyBucketReader: gcloud builds submit and Beam ask what
# a bucket is like before they use it.
resource "google_storage_bucket_iam_member" "launchers" {
  for_each = {
    for pair in setproduct(["data", "temp"], ["roles/storage.objectUser", "roles/storage.legacyBucketReader"], var.launchers) :
    join(" ", pair) => { bucket = pair[0] == "data" ? var.data_bucket : var.temp_bucket, role = pair[1], member = pair[2] }
  }

  bucket = each.value.bucket
  role   = each.value.role
  member = each.value.member
}

# They push the images of the trainer and of the workers.
resource "google_artifact_registry_repository_iam_member" "launchers" {
  for_each = toset(var.launchers)

  project    = var.project
  location   = var.region
  repository = var.repository
  role       = "roles/artifactregistry.writer"
  member     = each.value
}
