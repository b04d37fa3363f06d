"""Everything that is shown in a notebook: the pad, the controls, the results, and how jobs and runs show themselves."""

from sketch_widget.ui.job_view import register

# A job knows no widget; importing the package in a notebook is what gives it a view.
register()
