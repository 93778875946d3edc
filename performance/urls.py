from django.urls import path

from .views import adjusting, person, plans, scoring, voices, work

app_name = "performance"
ABOUT = "performance/employees/<uuid:pk>"
urlpatterns = [
    path("me/performance/", person.mine, name="mine"),
    path("me/performance/commitments/", person.my_work, name="my_work"),
    path("me/performance/feedback/", person.my_voices, name="my_voices"),
    path("employees/<uuid:pk>/results/", person.results, name="results"),
    path("employees/<uuid:pk>/commitments/", person.work, name="work"),
    path("employees/<uuid:pk>/feedback/", person.voices, name="voices"),
    path("performance/team/", person.team, name="team"),
    path("performance/shortfalls/", person.shortfalls, name="shortfalls"),
    path("performance/scoring/", scoring.scoring, name="scoring"),
    path("performance/scorecards/<uuid:pk>/", scoring.scorecard, name="scorecard"),
    path("performance/scorecards/<uuid:pk>/scores/", scoring.scores, name="scores"),
    path("performance/scorecards/<uuid:pk>/closure/", scoring.closure, name="closure"),
    path("performance/scorecards/<uuid:pk>/adjustments/", adjusting.adjustments, name="adjustments"),
    path("performance/adjustments/<uuid:pk>/appeal/", adjusting.appeal, name="appeal"),
    path("performance/adjustments/<uuid:pk>/decision/", adjusting.decision, name="decision"),
    path(f"{ABOUT}/feedback/", voices.feedback, name="give_feedback"),
    path(f"{ABOUT}/reviews/", voices.reviews, name="write_review"),
    path(f"{ABOUT}/objectives/", work.objectives, name="objectives"),
    path(f"{ABOUT}/projects/", work.projects, name="projects"),
    path(f"{ABOUT}/tasks/", work.tasks, name="tasks"),
    path("performance/objectives/<uuid:pk>/", work.objective, name="objective"),
    path("performance/objectives/<uuid:pk>/check-ins/", work.check_ins, name="check_ins"),
    path("performance/objectives/<uuid:pk>/closure/", work.objective_closure, name="objective_closure"),
    path("performance/projects/<uuid:pk>/", work.project, name="project"),
    path("performance/projects/<uuid:pk>/progress/", work.progress, name="progress"),
    path("performance/projects/<uuid:pk>/milestones/<uuid:step_pk>/", work.milestone, name="milestone"),
    path("performance/tasks/<uuid:pk>/completion/", work.task_completion, name="task_completion"),
    path("settings/performance-plans/", plans.plans, name="plans"),
    path("settings/performance-plans/periods/", plans.periods, name="periods"),
    path("settings/performance-plans/<uuid:pk>/", plans.plan, name="plan"),
    path("settings/performance-plans/<uuid:pk>/draft/", plans.draft, name="plan_draft"),
    path("settings/performance-plans/<uuid:pk>/publication/", plans.publication, name="plan_publication"),
    path("settings/performance-plans/<uuid:pk>/discard/", plans.discard, name="plan_discard"),
]
