resource "google_project_service" "this" {
  for_each = toset(var.services)

  project = var.project
  service = each.value

  # others in the project may use it, too
  disable_on_destroy         = false
  disable_dependent_services = false
}
