namespace GeoOffer.Storage.Tests;
