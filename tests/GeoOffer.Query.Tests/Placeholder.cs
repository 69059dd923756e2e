namespace GeoOffer.Query.Tests;
