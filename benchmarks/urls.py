"""The product's addresses, and two pages to compare with: a hello, and an empty page for who has signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from ehr.urls import urlpatterns as product


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def base(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


urlpatterns = [path("bench/hello/", hello), path("bench/base/", base), *product]
