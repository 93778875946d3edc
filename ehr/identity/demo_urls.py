from django.urls import path

from ehr.identity.views import demo

app_name = "demo"
urlpatterns = [path("demo/sign-in/", demo.sign_in, name="sign_in")]
